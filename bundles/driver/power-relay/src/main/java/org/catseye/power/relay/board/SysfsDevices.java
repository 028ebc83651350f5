package org.catseye.power.relay.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.files.KernelFiles;

/** What sysfs has about HID devices and serial ports. */
final class SysfsDevices {

    static final String HIDRAW = "hidraw";
    static final String TTY = "tty";
    static final int MAX_RELAYS = 8;

    private static final Pattern HID_ID = Pattern.compile("(?m)^HID_ID=[0-9A-F]+:([0-9A-F]+):([0-9A-F]+)$");
    /** The ids belong to everyone who uses the firmware library V-USB, and its rules tell devices apart by their names. */
    private static final Pattern HID_NAME = Pattern.compile("(?m)^HID_NAME=.*\\bUSBRelay([1-8])$");
    private static final int HEXADECIMAL = 16;
    private static final String CH340_VENDOR = "1a86";
    private static final String CH340_PRODUCT = "7523";
    private static final int TYPE_MASK = 0xf000;
    private static final int CHARACTER_DEVICE = 0x2000;

    private final Path classes;
    private final KernelFiles files;

    /** @param classes the folder /sys/class */
    SysfsDevices(Path classes) {
        this.classes = classes;
        this.files = new KernelFiles(classes);
    }

    /**
     * A device that may be a relay board.
     *
     * @param name of the node, such as hidraw0
     * @param relays how many it has, or can have
     */
    record Device(String name, int relays) {
    }

    /** HID devices with the ids and the name of a relay board, in the order of their names. */
    List<Device> findHidRelays() {
        List<Device> found = new ArrayList<>();
        for (String name : files.listNames(HIDRAW, "hidraw*")) {
            String description = readText(HIDRAW + "/" + name + "/device/uevent");
            if (hasRelayIds(description)) {
                findRelays(description).ifPresent(relays -> found.add(new Device(name, relays)));
            }
        }
        return found;
    }

    /** The HID device of a node that was configured: any name will do. @throws IOException if it is another device; the message is for the user */
    Device requireHidRelay(String name) throws IOException {
        String description = readText(HIDRAW + "/" + name + "/device/uevent");
        if (!hasRelayIds(description)) {
            Matcher ids = HID_ID.matcher(description);
            throw new IOException(ids.find() ? HidBoard.describeOther("/dev/" + name, parseId(ids.group(1)), parseId(ids.group(2)))
                : "/dev/" + name + " is not a USB relay board.");
        }
        return new Device(name, findRelays(description).orElse(MAX_RELAYS));
    }

    private static boolean hasRelayIds(String description) {
        Matcher ids = HID_ID.matcher(description);
        return ids.find() && parseId(ids.group(1)) == HidBoard.VENDOR && parseId(ids.group(2)) == HidBoard.PRODUCT;
    }

    private static int parseId(String hexadecimal) {
        return (int) Long.parseLong(hexadecimal, HEXADECIMAL);
    }

    private static Optional<Integer> findRelays(String description) {
        Matcher name = HID_NAME.matcher(description);
        return name.find() ? Optional.of(Integer.parseInt(name.group(1))) : Optional.empty();
    }

    /** Serial ports behind a CH340, in the order of their names. */
    List<Device> findSerialAdapters() {
        return files.listNames(TTY, "ttyUSB*").stream().filter(this::isCh340).map(name -> new Device(name, MAX_RELAYS)).toList();
    }

    /** The ids are in a folder above that of the port: port, interface, device. */
    private boolean isCh340(String name) {
        try {
            Path usbDevice = classes.resolve(TTY).resolve(name).resolve("device").toRealPath().getParent().getParent();
            return readText(usbDevice.resolve("idVendor").toString()).equals(CH340_VENDOR) && readText(usbDevice.resolve("idProduct").toString()).equals(CH340_PRODUCT);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a node is a character device with the number that sysfs has for this name. */
    boolean isNodeOf(String className, String name, Path node) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(node, "unix:mode,rdev");
        int mode = (Integer) attributes.get("mode");
        long number = (Long) attributes.get("rdev");
        // As glibc encodes it: parts of the major number are above and below the minor one.
        long major = number >> 8 & 0xfff | number >> 32 & ~0xfffL;
        long minor = number & 0xff | number >> 12 & ~0xffL;
        return (mode & TYPE_MASK) == CHARACTER_DEVICE && readText(className + "/" + name + "/dev").equals(major + ":" + minor);
    }

    /** Empty if the device was removed. */
    private String readText(String path) {
        return files.readText(path).orElse("");
    }
}
