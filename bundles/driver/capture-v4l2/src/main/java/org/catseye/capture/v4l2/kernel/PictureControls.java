package org.catseye.capture.v4l2.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.catseye.config.BadValueException;
import org.catseye.linux.Struct;
import org.catseye.video.device.DeviceControl;

/** Reads, checks and sets the picture controls of a device. */
public final class PictureControls {

    /**
     * Sets values. The picture goes on meanwhile.
     *
     * @param pid the configuration's name, for error messages
     * @throws BadValueException if the device has no such control, or the value is outside the device's range
     * @throws IOException if the device refuses the request
     */
    public static void applyControls(VideoNode node, String pid, Map<PictureControl, Integer> values) throws IOException {
        for (Map.Entry<PictureControl, Integer> entry : values.entrySet()) {
            PictureControl control = entry.getKey();
            int value = entry.getValue();
            checkValue(pid, control, value, queryControl(node, control));
            node.ioctlWithRetry(V4l2.S_CTRL,
                Struct.allocate(V4l2.CONTROL).putInt(0, control.controlId()).putInt(V4l2.CONTROL_VALUE, value));
        }
    }

    /** Checks values as {@link #applyControls} does, without setting them. */
    public static void checkControls(VideoNode node, String pid, Map<PictureControl, Integer> values) throws BadValueException {
        for (Map.Entry<PictureControl, Integer> entry : values.entrySet()) {
            checkValue(pid, entry.getKey(), entry.getValue(), queryControl(node, entry.getKey()));
        }
    }

    /** The controls that the device has, with its limits. */
    public static List<DeviceControl> listControls(VideoNode node) {
        List<DeviceControl> controls = new ArrayList<>();
        for (PictureControl control : PictureControl.values()) {
            queryControl(node, control).ifPresent(controls::add);
        }
        return controls;
    }

    private static void checkValue(String pid, PictureControl control, int value, Optional<DeviceControl> limits) throws BadValueException {
        if (limits.isEmpty()) {
            throw new BadValueException(pid, control.optionKey(), value, "empty: this device has no such control");
        }
        int min = limits.get().min();
        int max = limits.get().max();
        if (value < min || value > max) {
            throw new BadValueException(pid, control.optionKey(), value, min + " to " + max + " for this device");
        }
    }

    /** @return empty if the device has no such control */
    private static Optional<DeviceControl> queryControl(VideoNode node, PictureControl control) {
        ByteBuffer query = Struct.allocate(V4l2.QUERYCTRL).putInt(0, control.controlId());
        if (node.descriptor().tryIoctl(V4l2.QUERYCTRL_REQUEST, query) < 0) {
            return Optional.empty();
        }
        int flags = query.getInt(V4l2.QUERYCTRL_FLAGS);
        return (flags & V4l2.CTRL_FLAG_DISABLED) != 0 ? Optional.empty()
            : Optional.of(new DeviceControl(control.optionKey(), query.getInt(V4l2.QUERYCTRL_MINIMUM), query.getInt(V4l2.QUERYCTRL_MAXIMUM),
                Math.max(1, query.getInt(V4l2.QUERYCTRL_STEP)), query.getInt(V4l2.QUERYCTRL_DEFAULT), readValue(node, control), explainFlags(flags)));
    }

    private static OptionalInt readValue(VideoNode node, PictureControl control) {
        ByteBuffer value = Struct.allocate(V4l2.CONTROL).putInt(0, control.controlId());
        return node.descriptor().tryIoctl(V4l2.G_CTRL, value) < 0 ? OptionalInt.empty() : OptionalInt.of(value.getInt(V4l2.CONTROL_VALUE));
    }

    private static String explainFlags(int flags) {
        if ((flags & V4l2.CTRL_FLAG_READ_ONLY) != 0) {
            return "The device does not allow changes.";
        } else if ((flags & V4l2.CTRL_FLAG_GRABBED) != 0) {
            return "Another program is using this control.";
        }
        return (flags & V4l2.CTRL_FLAG_INACTIVE) != 0 ? "Another setting of the device overrides this one." : "";
    }

    private PictureControls() {
    }
}
