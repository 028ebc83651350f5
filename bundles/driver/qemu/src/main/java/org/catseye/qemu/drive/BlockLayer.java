package org.catseye.qemu.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.catseye.media.spi.Medium;
import org.catseye.qemu.qmp.QmpClient;
import org.catseye.qemu.qmp.QmpError;

/**
 * The block devices of a virtual machine, and the images that QEMU opens for Catseye. Each image is a node with a name of its own. Thread-safe.
 */
final class BlockLayer {

    private static final Duration READ_TIMEOUT = Duration.ofMillis(2_500);
    private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(6);
    private static final long REMOVE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long POLL_MILLIS = 20;
    private static final String PREFIX = "catseye-";
    private static final int RADIX = 36;
    /** QEMU gives no codes for the reasons why it cannot open a file, only the texts of the C library and its own. */
    private static final Pattern DENIED = Pattern.compile("Permission denied");
    private static final Pattern MISSING = Pattern.compile("No such file");
    private static final Pattern LOCKED = Pattern.compile("Failed to get .*lock");

    private final QmpClient client;
    /** Begins with the time, so that names differ from those of an earlier start. */
    private final AtomicLong lastNode = new AtomicLong(System.currentTimeMillis());

    BlockLayer(QmpClient client) {
        this.client = client;
    }

    List<BlockDevice> listDevices() throws IOException, InterruptedException {
        List<BlockDevice> devices = new ArrayList<>();
        client.execute("query-block", Map.of(), READ_TIMEOUT).forEach(entry -> devices.add(BlockDevice.parseEntry(entry)));
        return devices;
    }

    /** Whether a device is a CD drive: other devices with a tray are disks that call themselves removable. */
    boolean isCdDrive(BlockDevice device) throws IOException, InterruptedException {
        if (!device.removable() || device.qdev().isEmpty()) {
            return false;
        }
        try {
            return client.execute("qom-get", Map.of("path", device.qdev(), "property", "type"), READ_TIMEOUT).asText().endsWith("-cd");
        } catch (QmpError e) {
            return false; // It has just been unplugged.
        }
    }

    /** Whether the virtual machine has a USB controller. */
    boolean hasUsb() throws IOException, InterruptedException {
        // Prints the devices, or a message if there is no controller.
        String text = client.execute("human-monitor-command", Map.of("command-line", "info usb"), READ_TIMEOUT).asText();
        return text.isBlank() || text.contains("Device");
    }

    /** Executes a command that changes something. */
    void execute(String command, Map<String, ?> arguments) throws IOException, InterruptedException {
        client.execute(command, arguments, CHANGE_TIMEOUT);
    }

    /**
     * Lets QEMU open an image. Its format is always raw: if QEMU found out the format from the content, a guest that writes to the image could
     * make it open any file of the computer.
     *
     * @return the name of the node
     * @throws IOException if QEMU cannot open it; the message is for the user
     */
    String addNode(Medium medium) throws IOException, InterruptedException {
        String name = PREFIX + Long.toString(lastNode.incrementAndGet(), RADIX);
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("driver", Files.isRegularFile(medium.file()) || Files.notExists(medium.file()) ? "file" : "host_device");
        file.put("filename", medium.file().toString());
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("driver", "raw");
        node.put("node-name", name);
        node.put("read-only", medium.readOnly());
        node.put("file", file);
        try {
            execute("blockdev-add", node);
        } catch (QmpError e) {
            throw new IOException(describeFailure(medium, e.description()), e);
        }
        return name;
    }

    private static String describeFailure(Medium medium, String description) {
        String name = String.valueOf(medium.file().getFileName());
        if (DENIED.matcher(description).find()) {
            return "QEMU may not open the image " + name + ": its user has no right to the file or to a folder above it.";
        }
        if (MISSING.matcher(description).find()) {
            return Files.exists(medium.file()) ? "QEMU does not see the image " + name + ". It may run on another computer or in a container."
                    : "The file " + name + " does not exist any more.";
        }
        if (LOCKED.matcher(description).find()) {
            return "The image " + name + " is in use by another virtual machine or drive.";
        }
        return "QEMU cannot open the image " + name + ": " + description;
    }

    static boolean isOwnNode(String name) {
        return name.startsWith(PREFIX);
    }

    /** Closes an image. Without effect for nodes that others have added. Waits until the device has released it. */
    void removeNode(String name) throws IOException, InterruptedException {
        if (!isOwnNode(name)) {
            return;
        }
        long end = System.nanoTime() + REMOVE_NANOS;
        while (true) {
            try {
                execute("blockdev-del", Map.of("node-name", name));
                return;
            } catch (QmpError e) {
                if (!listNodes().contains(name)) {
                    return; // It has been removed already.
                }
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Closes the images of an earlier start that are in no device. */
    void removeUnusedNodes() throws IOException, InterruptedException {
        for (String name : listNodes()) {
            if (isOwnNode(name)) {
                try {
                    execute("blockdev-del", Map.of("node-name", name));
                } catch (QmpError e) {
                    continue; // It is in use.
                }
            }
        }
    }

    private List<String> listNodes() throws IOException, InterruptedException {
        JsonNode nodes = client.execute("query-named-block-nodes", Map.of("flat", true), READ_TIMEOUT);
        return nodes.findValuesAsText("node-name");
    }
}
