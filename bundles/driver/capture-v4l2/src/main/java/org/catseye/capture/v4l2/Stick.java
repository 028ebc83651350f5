package org.catseye.capture.v4l2;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A capture device that was found.
 *
 * @param node such as {@code /dev/video0}
 * @param name what the driver calls it
 * @param port the USB port path such as {@code 1-1.3}, or for a device that is not on USB its bus name. Serial numbers of
 *     sticks are all the same, so this is the identity
 * @param vendor USB vendor id; -1 if not on USB
 * @param product USB product id; -1 if not on USB
 * @param speed of the USB connection, Mbit/s; 0 if unknown
 * @param number which plugging in this is (the kernel counts up): a stick that was replugged differs
 * @param usb the USB device's folder in sysfs, if it has one
 */
record Stick(String node, String name, String port, int vendor, int product, int speed, String number, Optional<Path> usb) {

    Chip chip() {
        return Chip.of(vendor, product);
    }

    /** {@code 534d:2109}; empty if not on USB. */
    String ids() {
        return vendor < 0 ? "" : String.format("%04x:%04x", vendor, product);
    }

    /** For messages: {@code /dev/video0 (MS2109 534d:2109 at USB port 1-1.3)}. */
    String words() {
        if (vendor < 0) {
            return node + " (" + name + " at " + port + ")";
        }
        String kind = chip() == Chip.OTHER ? name : chip().label();
        return node + " (" + kind + " " + ids() + " at USB port " + port + ")";
    }

    /** The same device in the same place, whatever number the kernel gave it. */
    boolean sameAs(Stick other) {
        return port.equals(other.port) && vendor == other.vendor && product == other.product;
    }
}
