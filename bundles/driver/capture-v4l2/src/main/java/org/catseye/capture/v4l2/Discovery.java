package org.catseye.capture.v4l2;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;

/**
 * Finds capture devices in sysfs. Whether a node is for capture, for metadata, or for a codec, only the node itself can say
 * (its {@code device_caps}), so each is opened once per plugging in and the answer kept. Thread-safe.
 */
final class Discovery {

    /** Asks a node what it is. */
    interface Probe {
        /** @return whether it captures pictures that can be shown as JPEG */
        boolean captures(String node) throws IOException;
    }

    /** Nodes of the Raspberry Pi that are no inputs; most fail the probe as well, but some would block for long. */
    private static final List<String> NO_INPUTS =
        List.of("bcm2835-codec", "bcm2835-isp", "rpivid", "rpi-hevc-dec", "pispbe", "hevc_d");

    private static final Pattern USB_INTERFACE = Pattern.compile("(\\d+-[0-9.]+):\\d+\\.\\d+");

    private final Path sysfs;
    private final Probe probe;
    private final Map<String, Boolean> known = new HashMap<>();

    /** On this machine. */
    Discovery() {
        this(Path.of("/sys/class/video4linux"), Discovery::ask);
    }

    Discovery(Path sysfs, Probe probe) {
        this.sysfs = sysfs;
        this.probe = probe;
    }

    /** What is there now, in the order of ports. A node that may not be opened is listed: whoever takes it gets the reason. */
    synchronized List<Stick> sticks() {
        List<Stick> found = new ArrayList<>();
        try (DirectoryStream<Path> nodes = Files.newDirectoryStream(sysfs, "video*")) {
            for (Path node : nodes) {
                stick(node).ifPresent(found::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No video4linux at all, or it went while it was read: nothing there.
            return List.of();
        }
        known.keySet().retainAll(found.stream().map(Discovery::key).toList());
        found.removeIf(s -> !captures(s));
        found.sort(Comparator.comparing(Stick::port, Discovery::byNumbers).thenComparing(Stick::node, Discovery::byNumbers));
        return List.copyOf(found);
    }

    private boolean captures(Stick stick) {
        Boolean before = known.get(key(stick));
        if (before != null) {
            return before;
        }
        try {
            boolean captures = probe.captures(stick.node());
            known.put(key(stick), captures);
            return captures;
        } catch (ErrnoException e) {
            return e.is(Errno.EACCES, Errno.EPERM, Errno.EBUSY);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean ask(String path) throws IOException {
        try (VideoNode node = VideoNode.open(path)) {
            return node.capability().canStream()
                && node.formats().stream().anyMatch(V4l2::canBeShown);
        }
    }

    private static String key(Stick stick) {
        return stick.node() + " " + stick.port() + " " + stick.ids() + " " + stick.number();
    }

    private static Optional<Stick> stick(Path node) {
        String name = text(node.resolve("name")).orElse("");
        if (NO_INPUTS.stream().anyMatch(name::startsWith)) {
            return Optional.empty();
        }
        String dev = "/dev/" + node.getFileName();
        String parent = parent(node);
        Matcher face = USB_INTERFACE.matcher(parent);
        // The folder around the interface's; not to be normalized, "device" is a link.
        Path usb = node.resolve("device").resolve("..");
        if (!face.matches() || !Files.isReadable(usb.resolve("idVendor"))) {
            return Optional.of(new Stick(dev, name, parent, -1, -1, 0, text(node.resolve("dev")).orElse(""), Optional.empty()));
        }
        int speed = (int) Double.parseDouble(text(usb.resolve("speed")).filter(s -> s.matches("[0-9.]+")).orElse("0"));
        return Optional.of(new Stick(dev, name, face.group(1), hex(usb.resolve("idVendor")), hex(usb.resolve("idProduct")), speed,
            text(usb.resolve("devnum")).orElse(""), Optional.of(usb)));
    }

    /** The name of what the node belongs to: a USB interface such as {@code 1-1.3:1.0}, or a device on another bus. */
    private static String parent(Path node) {
        try {
            return Files.readSymbolicLink(node.resolve("device")).getFileName().toString();
        } catch (IOException e) {
            return "no bus";
        }
    }

    private static int hex(Path file) {
        return text(file).filter(s -> s.matches("[0-9a-fA-F]{1,4}")).map(s -> Integer.parseInt(s, 16)).orElse(-1);
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).trim());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Compares names as people count: 1-1.2 before 1-1.10. */
    static int byNumbers(String a, String b) {
        return padded(a).compareTo(padded(b));
    }

    private static String padded(String text) {
        StringBuilder padded = new StringBuilder();
        for (String part : text.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)")) {
            padded.append(part.matches("\\d+") ? String.format(Locale.ROOT, "%10s", part) : part);
        }
        return padded.toString();
    }
}
