package org.catseye.power.relay.board;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Kinds of relay boards, and the nodes that they may have. */
public enum BoardKind {

    /** The boards by dcttech and their copies: 16c0:05df, product USBRelay1 to USBRelay8. */
    HID("hid", "/dev/hidraw\\d{1,3}", "/dev/hidraw\\d{1,3}", "/dev/hidraw and a number"),
    /** Boards with a serial port behind a CH340. */
    LCUS("lcus", "/dev/tty(USB|ACM)\\d{1,3}|/dev/serial/by-id/[A-Za-z0-9][A-Za-z0-9._:+-]{0,199}", "/dev/tty(USB|ACM)\\d{1,3}",
        "/dev/ttyUSB or /dev/ttyACM and a number, or a name in /dev/serial/by-id/");

    private final String publicName;
    private final Pattern devices;
    private final Pattern nodes;
    private final String allowedDevices;

    BoardKind(String publicName, String devices, String nodes, String allowedDevices) {
        this.publicName = publicName;
        this.devices = Pattern.compile(devices);
        this.nodes = Pattern.compile(nodes);
        this.allowedDevices = allowedDevices;
    }

    public static Optional<BoardKind> findByPublicName(String name) {
        return Arrays.stream(values()).filter(kind -> kind.publicName.equals(name)).findFirst();
    }

    /** Whether a configuration may have this path. */
    public boolean allowsDevice(String path) {
        return devices.matcher(path).matches();
    }

    /** Completes the sentence "it has to be". */
    public String allowedDevices() {
        return allowedDevices;
    }

    /** Whether the path may be opened, after symbolic links were followed. */
    boolean allowsNode(String path) {
        return nodes.matcher(path).matches();
    }
}
