package org.catseye.capture.v4l2.stick;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A capture device that was found.
 *
 * @param node such as {@code /dev/video0}
 * @param name the driver's name for it
 * @param port the USB port path such as {@code 1-1.3}, or the bus name of a device that is not on USB. This is the stick's identity,
 *     because the serial numbers of sticks are all the same
 * @param vendorId USB vendor id; -1 if not on USB
 * @param productId USB product id; -1 if not on USB
 * @param speedMegabits speed of the USB connection in Mbit/s; 0 if unknown
 * @param plugNumber the kernel's number for this plugging in; it differs after the stick was replugged
 * @param usbFolder the USB device's folder in sysfs; empty if not on USB
 */
public record Stick(String node, String name, String port, int vendorId, int productId, int speedMegabits, String plugNumber,
        Optional<Path> usbFolder) {

    public Chip chip() {
        return Chip.findByIds(vendorId, productId);
    }

    /** Such as {@code 534d:2109}; empty if not on USB. */
    String usbIds() {
        return vendorId < 0 ? "" : String.format("%04x:%04x", vendorId, productId);
    }

    /** For messages, such as {@code /dev/video0 (MS2109 534d:2109 at USB port 1-1.3)}. */
    public String description() {
        if (vendorId < 0) {
            return node + " (" + name + " at " + port + ")";
        }
        String kind = chip() == Chip.OTHER ? name : chip().label();
        return node + " (" + kind + " " + usbIds() + " at USB port " + port + ")";
    }

    /** Whether both are the same kind of device in the same place, even if the kernel numbers them differently. */
    boolean isSameDevice(Stick other) {
        return port.equals(other.port) && vendorId == other.vendorId && productId == other.productId;
    }
}
