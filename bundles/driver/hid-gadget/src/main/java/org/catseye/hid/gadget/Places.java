package org.catseye.hid.gadget;

import java.nio.file.Path;

/**
 * Where the kernel shows things.
 *
 * @param gadgets configfs' usb_gadget
 * @param controllers sysfs' class udc
 * @param devices where the nodes hidgN appear
 * @param busy the file that the root helper keeps while it changes the gadget
 */
record Places(Path gadgets, Path controllers, Path devices, Path busy) {

    static final Places LINUX = new Places(Path.of("/sys/kernel/config/usb_gadget"), Path.of("/sys/class/udc"), Path.of("/dev"),
            Path.of("/run/catseye-gadget.busy"));
}
