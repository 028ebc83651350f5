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

    /** Framework property: the folder below which all of these are, for trials on a pretended board; without it {@code /}. */
    static final String ROOT = "org.catseye.hid.gadget.root";

    static final Places LINUX = below(Path.of("/"));

    static Places below(Path root) {
        return new Places(root.resolve("sys/kernel/config/usb_gadget"), root.resolve("sys/class/udc"), root.resolve("dev"),
                root.resolve("run/catseye-gadget.busy"));
    }
}
