package org.catseye.secrets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.catseye.files.DurableFile;

/**
 * A small file with secrets: mode 0600 in a folder of mode 0700, replaced whole or not at all, also when the power fails. Not thread-safe: its
 * owner has a lock.
 */
public final class SecretFile {

    /** A store for a KVM's users is some kilobytes; more is a mistake, and must not fill a small heap. */
    public static final int MAX_BYTES = 4 << 20;

    private final DurableFile file;

    public SecretFile(Path path) {
        this.file = DurableFile.forOwnerOnly(path);
    }

    public Path path() {
        return file.path();
    }

    /** The content; empty if there is no such file. */
    public Optional<byte[]> read() throws IOException {
        return file.readBytes(MAX_BYTES);
    }

    /** Replaces the file; when this returns the content is on the disk. */
    public void write(byte[] content) throws IOException {
        DurableFile.createOwnerOnlyFolder(path().getParent());
        file.replaceContent(content);
    }

    public void delete() throws IOException {
        file.deleteIfExists();
    }

    /** What went wrong, for a log line that names the file already. */
    public static String why(IOException e) {
        return e.getClass() == IOException.class ? e.getMessage() : e.toString();
    }
}
