package org.catseye.secrets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.catseye.files.DurableFile;

/**
 * A small file with secrets: mode 0600 in a folder of mode 0700. It is always replaced as a whole, even if the power fails. Not
 * thread-safe: the owner must lock.
 */
public final class SecretFile {

    /**
     * Maximum size. A file with the users of a KVM has a few kilobytes; a larger one is an error and must not exhaust a small
     * heap.
     */
    public static final int MAX_BYTES = 4 << 20;

    private final DurableFile file;

    public SecretFile(Path path) {
        this.file = DurableFile.forOwnerOnly(path);
    }

    public Path path() {
        return file.path();
    }

    /** The content; empty if the file does not exist. */
    public Optional<byte[]> read() throws IOException {
        return file.readBytes(MAX_BYTES);
    }

    /** Replaces the file. When this method returns, the content is on disk. */
    public void write(byte[] content) throws IOException {
        DurableFile.createOwnerOnlyFolder(path().getParent());
        file.replaceContent(content);
    }

    public void delete() throws IOException {
        file.deleteIfExists();
    }

    /** Describes the failure for a log line that already names the file. */
    public static String why(IOException e) {
        return e.getClass() == IOException.class ? e.getMessage() : e.toString();
    }
}
