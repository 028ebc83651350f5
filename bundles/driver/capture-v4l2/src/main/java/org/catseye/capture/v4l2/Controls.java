package org.catseye.capture.v4l2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.linux.Struct;

/** Sets brightness and so on. */
final class Controls {

    /** @throws IOException if a value is not one that the device takes: with the range */
    static void apply(VideoNode node, Settings settings) throws IOException {
        for (Map.Entry<Control, Integer> entry : settings.controls().entrySet()) {
            apply(node, settings.pid(), entry.getKey(), entry.getValue());
        }
    }

    private static void apply(VideoNode node, String pid, Control control, int value) throws IOException {
        ByteBuffer query = Struct.allocate(V4l2.QUERYCTRL).putInt(0, control.id());
        if (node.fd().tryIoctl(V4l2.QUERYCTRL_REQUEST, query) < 0
            || (query.getInt(V4l2.QUERYCTRL_FLAGS) & V4l2.CTRL_FLAG_DISABLED) != 0) {
            throw new BadValueException(pid, control.key(), value, "empty: this device has no such control");
        }
        int min = query.getInt(V4l2.QUERYCTRL_MINIMUM);
        int max = query.getInt(V4l2.QUERYCTRL_MAXIMUM);
        if (value < min || value > max) {
            throw new BadValueException(pid, control.key(), value, min + " to " + max + " for this device");
        }
        node.patiently(V4l2.S_CTRL, Struct.allocate(V4l2.CONTROL).putInt(0, control.id()).putInt(V4l2.CONTROL_VALUE, value));
    }

    private Controls() {
    }
}
