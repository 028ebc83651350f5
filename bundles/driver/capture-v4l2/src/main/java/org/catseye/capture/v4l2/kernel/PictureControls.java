package org.catseye.capture.v4l2.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.linux.Struct;

/** Sets the picture controls of a device. */
public final class PictureControls {

    /**
     * @param pid the configuration's name, for error messages
     * @throws BadValueException if the device has no such control, or the value is outside the device's range
     * @throws IOException if the device refuses the request
     */
    public static void applyControls(VideoNode node, String pid, Map<PictureControl, Integer> values) throws IOException {
        for (Map.Entry<PictureControl, Integer> entry : values.entrySet()) {
            applyControl(node, pid, entry.getKey(), entry.getValue());
        }
    }

    private static void applyControl(VideoNode node, String pid, PictureControl control, int value) throws IOException {
        ByteBuffer query = Struct.allocate(V4l2.QUERYCTRL).putInt(0, control.controlId());
        if (node.descriptor().tryIoctl(V4l2.QUERYCTRL_REQUEST, query) < 0
            || (query.getInt(V4l2.QUERYCTRL_FLAGS) & V4l2.CTRL_FLAG_DISABLED) != 0) {
            throw new BadValueException(pid, control.optionKey(), value, "empty: this device has no such control");
        }
        int min = query.getInt(V4l2.QUERYCTRL_MINIMUM);
        int max = query.getInt(V4l2.QUERYCTRL_MAXIMUM);
        if (value < min || value > max) {
            throw new BadValueException(pid, control.optionKey(), value, min + " to " + max + " for this device");
        }
        node.ioctlWithRetry(V4l2.S_CTRL, Struct.allocate(V4l2.CONTROL).putInt(0, control.controlId()).putInt(V4l2.CONTROL_VALUE, value));
    }

    private PictureControls() {
    }
}
