package org.catseye.capture.v4l2.stick;

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
import org.catseye.capture.v4l2.kernel.V4l2;
import org.catseye.capture.v4l2.kernel.VideoNode;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;

/**
 * Finds capture devices in sysfs. Only the node itself reports whether it is for capture, for metadata or for a codec (in its
 * {@code device_caps}), so each node is opened once after it is plugged in and the answer is kept. Thread-safe.
 */
public final class StickDiscovery {

    /** Queries a node for its purpose. */
    public interface NodeProbe {
        /** @return whether the node captures pictures that can be shown as JPEG */
        boolean capturesVideo(String node) throws IOException;
    }

    /** Nodes of the Raspberry Pi that are not inputs. Most fail the probe as well, but some would block for a long time. */
    private static final List<String> NO_INPUTS =
        List.of("bcm2835-codec", "bcm2835-isp", "rpivid", "rpi-hevc-dec", "pispbe", "hevc_d");

    private static final Pattern USB_INTERFACE = Pattern.compile("(\\d+-[0-9.]+):\\d+\\.\\d+");

    private final Path sysfs;
    private final NodeProbe probe;
    private final Map<String, Boolean> probeResults = new HashMap<>();

    /** Searches this machine. */
    public StickDiscovery() {
        this(Path.of("/sys/class/video4linux"), StickDiscovery::probeNode);
    }

    public StickDiscovery(Path sysfs, NodeProbe probe) {
        this.sysfs = sysfs;
        this.probe = probe;
    }

    /**
     * The connected sticks in the order of their ports. A node that must not be opened is included, so that its user gets the reason
     * when capturing starts.
     */
    public synchronized List<Stick> findSticks() {
        List<Stick> found = new ArrayList<>();
        try (DirectoryStream<Path> nodes = Files.newDirectoryStream(sysfs, "video*")) {
            for (Path node : nodes) {
                describeNode(node).ifPresent(found::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // There is no video4linux, or it was removed while it was read: there are no sticks.
            return List.of();
        }
        probeResults.keySet().retainAll(found.stream().map(StickDiscovery::probeKey).toList());
        found.removeIf(stick -> !capturesVideo(stick));
        found.sort(Comparator.comparing(Stick::port, StickDiscovery::compareNumerically)
            .thenComparing(Stick::node, StickDiscovery::compareNumerically));
        return List.copyOf(found);
    }

    private boolean capturesVideo(Stick stick) {
        Boolean previous = probeResults.get(probeKey(stick));
        if (previous != null) {
            return previous;
        }
        try {
            boolean captures = probe.capturesVideo(stick.node());
            probeResults.put(probeKey(stick), captures);
            return captures;
        } catch (ErrnoException e) {
            return e.is(Errno.EACCES, Errno.EPERM, Errno.EBUSY);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean probeNode(String path) throws IOException {
        try (VideoNode node = VideoNode.openNode(path)) {
            return node.queryCapability().canStreamVideo()
                && node.listFormats().stream().anyMatch(V4l2::isDisplayable);
        }
    }

    private static String probeKey(Stick stick) {
        return stick.node() + " " + stick.port() + " " + stick.usbIds() + " " + stick.plugNumber();
    }

    private static Optional<Stick> describeNode(Path node) {
        String name = readText(node.resolve("name")).orElse("");
        if (NO_INPUTS.stream().anyMatch(name::startsWith)) {
            return Optional.empty();
        }
        String device = "/dev/" + node.getFileName();
        String parent = parentName(node);
        Matcher usbInterface = USB_INTERFACE.matcher(parent);
        // The parent of the interface's folder. The path must not be normalized, because "device" is a link.
        Path usb = node.resolve("device").resolve("..");
        if (!usbInterface.matches() || !Files.isReadable(usb.resolve("idVendor"))) {
            return Optional.of(new Stick(device, name, parent, -1, -1, 0, readText(node.resolve("dev")).orElse(""), Optional.empty()));
        }
        int speed = (int) Double.parseDouble(readText(usb.resolve("speed")).filter(text -> text.matches("[0-9.]+")).orElse("0"));
        return Optional.of(new Stick(device, name, usbInterface.group(1), readHexId(usb.resolve("idVendor")),
            readHexId(usb.resolve("idProduct")), speed, readText(usb.resolve("devnum")).orElse(""), Optional.of(usb)));
    }

    /** The name of the node's parent: a USB interface such as {@code 1-1.3:1.0}, or a device on another bus. */
    private static String parentName(Path node) {
        try {
            return Files.readSymbolicLink(node.resolve("device")).getFileName().toString();
        } catch (IOException e) {
            return "no bus";
        }
    }

    private static int readHexId(Path file) {
        return readText(file).filter(text -> text.matches("[0-9a-fA-F]{1,4}")).map(text -> Integer.parseInt(text, 16)).orElse(-1);
    }

    private static Optional<String> readText(Path file) {
        try {
            return Optional.of(Files.readString(file).trim());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Compares names by the numbers in them: 1-1.2 comes before 1-1.10. */
    private static int compareNumerically(String a, String b) {
        return padNumbers(a).compareTo(padNumbers(b));
    }

    private static String padNumbers(String text) {
        StringBuilder padded = new StringBuilder();
        for (String part : text.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)")) {
            padded.append(part.matches("\\d+") ? String.format(Locale.ROOT, "%10s", part) : part);
        }
        return padded.toString();
    }
}
