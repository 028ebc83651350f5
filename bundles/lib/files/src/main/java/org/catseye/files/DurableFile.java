package org.catseye.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A file that is replaced whole and durably: the content is written beside it, forced to the disk and renamed into place, and the folder is
 * forced as well, so that after a power cut there is either the old content or the new one. A write that fails (a full disk, say) leaves
 * the old content and no draft. Not thread-safe: two writers at once need a lock of their own.
 */
public final class DurableFile {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER = PosixFilePermissions.fromString("rwx------");

    /** The bits of a file's mode that say what it is: S_IFMT in {@code man 7 inode}, as are the values of {@link #KINDS}. */
    private static final int KIND_MASK = 0170000;
    private static final Map<Integer, String> KINDS = Map.of(0100000, "", 0040000, "a folder", 0010000, "a named pipe", 0140000, "a socket",
            0020000, "a character device", 0060000, "a block device");

    private final Path path;
    private final Set<PosixFilePermission> permissions;

    private DurableFile(Path path, Set<PosixFilePermission> permissions) {
        this.path = path.toAbsolutePath();
        this.permissions = permissions;
    }

    /** A file of mode 0600. Its folder must exist when it is written. */
    public static DurableFile forOwnerOnly(Path path) {
        return new DurableFile(path, OWNER_ONLY);
    }

    /** @param permissions as {@code ls} prints them, for example {@code rw-r--r--}; the process's umask may take some away */
    public static DurableFile withPermissions(Path path, String permissions) {
        return new DurableFile(path, PosixFilePermissions.fromString(permissions));
    }

    public Path path() {
        return path;
    }

    /**
     * Reads the whole file.
     *
     * @return empty if there is no such file
     * @throws IOException if it cannot be read, is larger than {@code maxBytes}, or is no regular file nor a link to one: a named pipe, for
     *     example, would block the reader for ever
     */
    public Optional<byte[]> readBytes(int maxBytes) throws IOException {
        try {
            requireRegularFile();
            return Optional.of(readContent(maxBytes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void requireRegularFile() throws IOException {
        int mode = (Integer) Files.getAttribute(path, "unix:mode");
        String kind = KINDS.getOrDefault(mode & KIND_MASK, "no regular file");
        if (!kind.isEmpty()) {
            throw new IOException(path + " is " + kind + "; move it away, because a file has to be there or nothing");
        }
    }

    private byte[] readContent(int maxBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > maxBytes) {
                throw new IOException(path + " has " + channel.size() + " bytes, more than the " + maxBytes + " that are allowed");
            }
            ByteBuffer content = ByteBuffer.allocate((int) channel.size());
            while (content.hasRemaining() && channel.read(content) >= 0) {
                // A read may return fewer bytes than there are.
            }
            return Arrays.copyOf(content.array(), content.position());
        }
    }

    /** Replaces the file. When this returns, the content is on the disk; when it throws, the old content is still there. */
    public void replaceContent(byte[] content) throws IOException {
        replaceContent(channel -> {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        });
    }

    /** As {@link #replaceContent(byte[])}, with a copy of another file. */
    public void replaceContent(Path source) throws IOException {
        replaceContent(channel -> Files.copy(source, Channels.newOutputStream(channel)));
    }

    /**
     * Replaces the file with another one, which is gone afterwards. This needs no space on the disk, unless the other file is on another disk and
     * has to be copied.
     */
    public void replaceWith(Path source) throws IOException {
        try {
            Files.setPosixFilePermissions(source, permissions);
            Files.move(source, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            replaceContent(source);
            Files.delete(source);
        }
        syncFolder(path.getParent());
    }

    private void replaceContent(Content content) throws IOException {
        Path draft = path.resolveSibling("." + path.getFileName() + ".tmp");
        Files.deleteIfExists(draft);
        try {
            writeDraft(draft, content);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        syncFolder(path.getParent());
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    private interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    private void writeDraft(Path draft, Content content) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(draft, options, PosixFilePermissions.asFileAttribute(permissions))) {
            content.writeTo(channel);
            channel.force(true);
        }
    }

    /** Deletes the file durably; does nothing if there is none. */
    public void deleteIfExists() throws IOException {
        if (Files.deleteIfExists(path)) {
            syncFolder(path.getParent());
        }
    }

    /** Creates the folder with mode 0700, with its parents, or corrects the mode of one that exists. A symbolic link is not followed. */
    public static void createOwnerOnlyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder.getParent());
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FOLDER));
        } else if (!Files.getPosixFilePermissions(folder).equals(OWNER_ONLY_FOLDER)) {
            Files.setPosixFilePermissions(folder, OWNER_ONLY_FOLDER);
        }
    }

    /** Makes changed names in a folder durable, not only the bytes of its files. */
    public static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
