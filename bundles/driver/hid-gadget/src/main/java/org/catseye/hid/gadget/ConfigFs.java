package org.catseye.hid.gadget;

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
import org.catseye.hid.gadget.Gadget.Link;

/** One gadget's folder in configfs: reads it whole, and changes it a system call at a time. */
final class ConfigFs {

    private static final String CONFIGURATION = "configs/c.1";
    /** Reading such a file of a bound gadget would be in vain or is of no interest. */
    private static final Set<String> SKIPPED_FOLDERS = Set.of("os_desc", "webusb");

    private final Path folder;

    ConfigFs(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** Reads everything. Takes about 40 small files. */
    Observed observe() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Observed.NOTHING;
        }
        Set<String> folders = new HashSet<>();
        Map<String, byte[]> files = new HashMap<>();
        List<Link> links = new ArrayList<>();
        walk(folder, folders, files, links);
        return new Observed(true, folders, files, links, controller());
    }

    /** What the gadget is bound to; empty if to nothing. */
    String controller() throws IOException {
        return text("UDC");
    }

    /** The number N of the node hidgN that belongs to a function; fixed when the function's folder was created. */
    int node(Role role) throws IOException {
        String numbers = text("functions/" + role.function() + "/dev");
        try {
            return Integer.parseInt(numbers.substring(numbers.indexOf(':') + 1));
        } catch (NumberFormatException e) {
            throw new IOException("functions/" + role.function() + "/dev holds \"" + numbers + "\" instead of two numbers", e);
        }
    }

    void makeFolder(String path) throws IOException {
        Files.createDirectory(folder.resolve(path));
    }

    void write(Attribute attribute) throws IOException {
        if (!attribute.optional() || Files.exists(folder.resolve(attribute.path()))) {
            write(attribute.path(), attribute.content());
        }
    }

    void link(Link link) throws IOException {
        Files.createSymbolicLink(folder.resolve(CONFIGURATION).resolve(link.name()),
                folder.toAbsolutePath().resolve("functions").resolve(link.function()));
    }

    void unlink(Link link) throws IOException {
        Files.deleteIfExists(folder.resolve(CONFIGURATION).resolve(link.name()));
    }

    void bind(String controller) throws IOException {
        write("UDC", (controller + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Also well if it was not bound. */
    void unbind() throws IOException {
        try {
            write("UDC", new byte[] {'\n'});
        } catch (IOException e) {
            if (!controller().isEmpty()) {
                throw e;
            }
        }
    }

    private void walk(Path at, Set<String> folders, Map<String, byte[]> files, List<Link> links) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(at)) {
            for (Path child : children) {
                String path = folder.relativize(child).toString();
                if (Files.isSymbolicLink(child)) {
                    links.add(new Link(child.getFileName().toString(), Files.readSymbolicLink(child).getFileName().toString()));
                } else if (!Files.isDirectory(child)) {
                    files.put(path, content(child));
                } else if (!SKIPPED_FOLDERS.contains(path)) {
                    folders.add(path);
                    walk(child, folders, files, links);
                }
            }
        } catch (NoSuchFileException gone) {
            folders.remove(folder.relativize(at).toString());
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            // Write-only, not permitted, or gone since: it holds nothing that could be compared.
            return new byte[0];
        }
    }

    private String text(String path) throws IOException {
        return Files.readString(folder.resolve(path)).strip();
    }

    private void write(String path, byte[] content) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(folder.resolve(path), StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            file.write(ByteBuffer.wrap(content));
        }
    }
}
