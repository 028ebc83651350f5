package org.catseye.power.relay.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;

/** Finds the boards of this machine and opens them. Only a character device that sysfs has in the right class is opened. */
final class BoardNodes implements Boards.Opener {

    private static final String DEV = "/dev/";

    private final Path dev;
    private final SysfsDevices sysfs;

    /** Those of this machine. */
    BoardNodes() {
        this(Path.of(DEV), new SysfsDevices(Path.of("/sys/class")));
    }

    /** For tests, with another folder of nodes. */
    BoardNodes(Path dev, SysfsDevices sysfs) {
        this.dev = dev;
        this.sysfs = sysfs;
    }

    @Override
    public BoardNode findNode(BoardAddress address) throws IOException {
        List<BoardNode> candidates = address.device().isEmpty() ? findAll(address.kind()) : List.of(resolveDevice(address.kind(), address.device()));
        if (address.kind() == BoardKind.HID && !address.serial().isEmpty()) {
            return findSerial(candidates, address.serial());
        }
        if (candidates.size() > 1) {
            throw new IOException(describeSeveral(address.kind(), candidates));
        }
        return candidates.get(0);
    }

    private List<BoardNode> findAll(BoardKind kind) throws IOException {
        List<BoardNode> found = new ArrayList<>();
        List<SysfsDevices.Device> devices = kind == BoardKind.HID ? sysfs.findHidRelays() : sysfs.findSerialAdapters();
        for (SysfsDevices.Device device : devices) {
            found.add(resolveDevice(kind, DEV + device.name()));
        }
        if (found.isEmpty()) {
            throw new IOException(kind == BoardKind.HID ? "No USB relay board (USBRelay, 16c0:05df) is plugged in."
                : "No relay board with a CH340 serial port (1a86:7523) is plugged in.");
        }
        return found;
    }

    private BoardNode resolveDevice(BoardKind kind, String device) throws IOException {
        Path node = dev.resolve(device.substring(DEV.length()));
        if (!Files.exists(node)) {
            throw new IOException("There is no device " + device + ": the relay board is not plugged in, or has another name.");
        }
        Path real = node.toRealPath();
        String path = DEV + dev.toRealPath().relativize(real);
        if (!kind.allowsNode(path)) {
            throw new IOException(device + " leads to " + path + "; a relay board has to be " + kind.allowedDevices() + ".");
        }
        String name = real.getFileName().toString();
        if (!sysfs.isNodeOf(kind == BoardKind.HID ? SysfsDevices.HIDRAW : SysfsDevices.TTY, name, real)) {
            throw new IOException(device + " is not the node of a device of this kind.");
        }
        return new BoardNode(kind, real.toString(), kind == BoardKind.HID ? sysfs.requireHidRelay(name).relays() : SysfsDevices.MAX_RELAYS);
    }

    private BoardNode findSerial(List<BoardNode> candidates, String serial) throws IOException {
        List<String> others = new ArrayList<>();
        for (BoardNode candidate : candidates) {
            String found = readSerial(candidate);
            if (found.equals(serial)) {
                return candidate;
            }
            others.add(found);
        }
        throw new IOException("No USB relay board with the serial number " + serial + " is plugged in; there is " + String.join(", ", others) + ".");
    }

    private String readSerial(BoardNode node) throws IOException {
        try (HidBoard board = openHid(node)) {
            return board.readSerial();
        }
    }

    private String describeSeveral(BoardKind kind, List<BoardNode> candidates) throws IOException {
        if (kind == BoardKind.LCUS) {
            return "Several serial ports could be the relay board (" + candidates.stream().map(BoardNode::path).collect(Collectors.joining(", "))
                + "): set the device.";
        }
        List<String> serials = new ArrayList<>();
        for (BoardNode candidate : candidates) {
            serials.add(readSerial(candidate));
        }
        return "There are several USB relay boards (" + String.join(", ", serials) + "): set the serial number.";
    }

    @Override
    public RelayBoard openNode(BoardNode node) throws IOException {
        if (node.kind() == BoardKind.HID) {
            return openHid(node);
        }
        try {
            return LcusBoard.openNode(node.path());
        } catch (ErrnoException e) {
            throw describe(e, node.path(), "it belongs to the group " + readGroup(node.path()) + ". docs/power.md has a udev rule for it.");
        }
    }

    private static HidBoard openHid(BoardNode node) throws IOException {
        try {
            return HidBoard.openNode(node.path(), node.relays());
        } catch (ErrnoException e) {
            throw describe(e, node.path(), "the udev rules of Catseye are missing or not yet in effect (docs/power.md).");
        }
    }

    private static IOException describe(ErrnoException e, String path, String remedy) {
        return new IOException(e.is(Errno.EACCES, Errno.EPERM) ? "The user of Catseye may not open " + path + ": " + remedy
            : e.is(Errno.EBUSY) ? path + " is in use by another program."
            : e.is(Errno.ENOENT, Errno.ENODEV, Errno.ENXIO) ? "The relay board was unplugged while it was opened."
            : path + " cannot be opened: " + e.getMessage(), e);
    }

    private static String readGroup(String path) throws IOException {
        return Files.readAttributes(Path.of(path), PosixFileAttributes.class).group().getName();
    }
}
