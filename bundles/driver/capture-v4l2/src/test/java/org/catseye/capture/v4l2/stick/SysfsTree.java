package org.catseye.capture.v4l2.stick;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Creates the folders and links that sysfs has for video devices. */
final class SysfsTree {

    private final Path root;
    private int devices = 1;

    SysfsTree(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(sysfs());
    }

    Path sysfs() {
        return root.resolve("class/video4linux");
    }

    void addUsbStick(int number, String port, String vendor, String product) throws IOException {
        Path device = Files.createDirectories(root.resolve("devices/" + port));
        writeText(device, "idVendor", vendor);
        writeText(device, "idProduct", product);
        writeText(device, "speed", "480");
        writeText(device, "devnum", Integer.toString(++devices));
        createNode(number, "USB Video: USB Video", device.resolve(port + ":1.0"));
    }

    void addPlatformDevice(int number, String name, String bus) throws IOException {
        createNode(number, name, root.resolve("devices/platform/" + bus));
    }

    /** Unplugs the device of a node, with everything below it. */
    void removeDevice(int number) throws IOException {
        Path link = sysfs().resolve("video" + number);
        Path device = link.toRealPath().getParent().getParent().getParent();
        Files.delete(link);
        try (Stream<Path> all = Files.walk(device)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    private void createNode(int number, String name, Path parent) throws IOException {
        Path node = Files.createDirectories(parent.resolve("video4linux/video" + number));
        writeText(node, "name", name);
        writeText(node, "dev", "81:" + number);
        Files.createSymbolicLink(node.resolve("device"), Path.of("../../../" + parent.getFileName()));
        Files.createSymbolicLink(sysfs().resolve("video" + number), node);
    }

    private static void writeText(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text + "\n");
    }
}
