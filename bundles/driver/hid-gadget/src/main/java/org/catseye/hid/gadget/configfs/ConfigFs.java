package org.catseye.hid.gadget.configfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.hid.gadget.descriptor.Attribute;
import org.catseye.hid.gadget.descriptor.Gadget.Link;
import org.catseye.hid.gadget.descriptor.Role;

/** One gadget's folder in configfs: reads all of it, and changes it one system call at a time. */
public final class ConfigFs {

    private static final String CONFIGURATION = "configs/c.1";
    private static final String BOUND_CONTROLLER = "UDC";
    /** Folders whose files the driver does not use; some cannot be read while the gadget is bound. */
    private static final Set<String> SKIPPED_FOLDERS = Set.of("os_desc", "webusb");

    /**
     * Files of a drive that change by themselves. Reading "file" waits while the remote computer is in the middle of a transfer, and
     * this must not stop the keyboard.
     */
    private static final Set<String> CHANGING_FILES = Set.of("file", "ro", "forced_eject");
    private static final String UNIT_PREFIX = "lun.";

    private final Path folder;

    public ConfigFs(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** Reads the whole gadget: about 40 small files. */
    public ObservedGadget observeGadget() throws IOException {
        if (!Files.isDirectory(folder)) {
            return ObservedGadget.ABSENT;
        }
        Set<String> folders = new HashSet<>();
        Map<String, byte[]> files = new HashMap<>();
        List<Link> links = new ArrayList<>();
        walkFolder(folder, folders, files, links);
        return new ObservedGadget(true, folders, files, links, boundController());
    }

    /** The controller that the gadget is bound to; empty if it is not bound. */
    public String boundController() throws IOException {
        return readText(BOUND_CONTROLLER);
    }

    /** The number N of a function's node hidgN. It is assigned when the function's folder is created, and never changes. */
    public int nodeNumber(Role role) throws IOException {
        String path = "functions/" + role.functionName() + "/dev";
        String numbers = readText(path);
        try {
            return Integer.parseInt(numbers.substring(numbers.indexOf(':') + 1));
        } catch (NumberFormatException e) {
            throw new IOException(path + " contains \"" + numbers + "\" instead of two numbers", e);
        }
    }

    boolean hasControllerFile() {
        return Files.exists(folder.resolve(BOUND_CONTROLLER));
    }

    void createFolder(String path) throws IOException {
        Files.createDirectory(folder.resolve(path));
    }

    void writeAttribute(Attribute attribute) throws IOException {
        if (!attribute.optional() || Files.exists(folder.resolve(attribute.path()))) {
            writeContent(attribute.path(), attribute.encodeContent());
        }
    }

    void createLink(Link link) throws IOException {
        Files.createSymbolicLink(folder.resolve(CONFIGURATION).resolve(link.name()),
                folder.toAbsolutePath().resolve("functions").resolve(link.functionName()));
    }

    void removeLink(Link link) throws IOException {
        Files.deleteIfExists(folder.resolve(CONFIGURATION).resolve(link.name()));
    }

    void bindController(String controller) throws IOException {
        writeContent(BOUND_CONTROLLER, (controller + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Has no effect if the gadget is not bound. */
    void unbindController() throws IOException {
        try {
            writeContent(BOUND_CONTROLLER, new byte[] {'\n'});
        } catch (IOException e) {
            if (!boundController().isEmpty()) {
                throw e;
            }
        }
    }

    private void walkFolder(Path at, Set<String> folders, Map<String, byte[]> files, List<Link> links) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(at)) {
            for (Path child : children) {
                String path = folder.relativize(child).toString();
                if (Files.isSymbolicLink(child)) {
                    links.add(new Link(child.getFileName().toString(), Files.readSymbolicLink(child).getFileName().toString()));
                } else if (!Files.isDirectory(child)) {
                    if (!isChangingFile(child)) {
                        files.put(path, readContent(child));
                    }
                } else if (!SKIPPED_FOLDERS.contains(path)) {
                    folders.add(path);
                    walkFolder(child, folders, files, links);
                }
            }
        } catch (NoSuchFileException removedMeanwhile) {
            folders.remove(folder.relativize(at).toString());
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean isChangingFile(Path file) {
        return file.getParent().getFileName().toString().startsWith(UNIT_PREFIX)
                && CHANGING_FILES.contains(file.getFileName().toString());
    }

    private static byte[] readContent(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            // Write-only, not permitted or removed meanwhile: it has no content to compare.
            return new byte[0];
        }
    }

    private String readText(String path) throws IOException {
        return Files.readString(folder.resolve(path)).strip();
    }

    private void writeContent(String path, byte[] content) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(folder.resolve(path), StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            file.write(ByteBuffer.wrap(content));
        }
    }
}
