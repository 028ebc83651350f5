package org.catseye.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A small file that only its owner may read (0600, in a folder of 0700). It is replaced whole or not at all, also when the power
 * fails. Not thread-safe: who owns it has a lock.
 */
public final class SecretFile {

    /** A store for a KVM's users is some kilobytes; more is a mistake, and must not fill a small heap. */
    public static final int MOST_BYTES = 4 << 20;

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;

    public SecretFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    public Path path() {
        return path;
    }

    /** The content; empty if there is no such file. */
    public Optional<byte[]> read() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > MOST_BYTES) {
                throw new IOException(path + " has " + channel.size() + " bytes, more than the " + MOST_BYTES + " that are allowed");
            }
            ByteBuffer content = ByteBuffer.allocate((int) channel.size());
            while (content.hasRemaining() && channel.read(content) >= 0) {
                // A read may give less than there is.
            }
            return Optional.of(Arrays.copyOf(content.array(), content.position()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Replaces the file; when this returns the content is on the disk. */
    public void write(byte[] content) throws IOException {
        makeFolder();
        Path draft = path.resolveSibling("." + path.getFileName() + ".tmp");
        Files.deleteIfExists(draft);
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(draft, options, PRIVATE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        } catch (IOException e) {
            // A full disk: what is half written is of no use, and would lie there for ever.
            Files.deleteIfExists(draft);
            throw e;
        }
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder();
    }

    public void delete() throws IOException {
        if (Files.deleteIfExists(path)) {
            forceFolder();
        }
    }

    /** What went wrong, for a log line that names the file already. */
    public static String why(IOException e) {
        return e.getClass() == IOException.class ? e.getMessage() : e.toString();
    }

    private void makeFolder() throws IOException {
        Path folder = path.getParent();
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder.getParent());
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        } else if (!Files.getPosixFilePermissions(folder).equals(FOLDER)) {
            Files.setPosixFilePermissions(folder, FOLDER);
        }
    }

    /** Makes the new name durable, not only the new bytes. */
    private void forceFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
