package org.catseye.hid.gadget.udc;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Paths of the kernel's file systems that the driver uses.
 *
 * @param gadgetRoot usb_gadget in configfs
 * @param controllerRoot class udc in sysfs
 * @param deviceRoot folder of the nodes hidgN
 * @param busyFile exists while the root helper changes the gadget
 */
public record SystemPaths(Path gadgetRoot, Path controllerRoot, Path deviceRoot, Path busyFile) {

    /** Framework property: an alternative to {@code /} as the root of all these paths, for tests on a simulated board. */
    public static final String ROOT_PROPERTY = "org.catseye.hid.gadget.root";

    public static final SystemPaths LINUX = belowRoot(Path.of("/"));

    /** The paths below the root that {@link #ROOT_PROPERTY} has, or those of this system. */
    public static SystemPaths find(Optional<Path> root) {
        return root.map(SystemPaths::belowRoot).orElse(LINUX);
    }

    public static SystemPaths belowRoot(Path root) {
        return new SystemPaths(root.resolve("sys/kernel/config/usb_gadget"), root.resolve("sys/class/udc"), root.resolve("dev"),
                root.resolve("run/catseye-gadget.busy"));
    }

    /** The node hidgN with this number. */
    public Path deviceNode(int number) {
        return deviceRoot.resolve("hidg" + number);
    }
}
