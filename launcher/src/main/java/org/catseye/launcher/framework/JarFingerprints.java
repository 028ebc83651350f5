package org.catseye.launcher.framework;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.catseye.launcher.refusal.StartRefusedException;

/**
 * Remembers the content of each jar in the framework's cache, in a file with one line {@code <fingerprint> <location>} per bundle. Time stamps
 * are no help: our jars and archives are reproducible, so all have the same. A fingerprint is the size and the CRC-32 of the last 64 KiB, where a
 * zip file has its directory with the checksum of each entry. Not thread-safe.
 */
public final class JarFingerprints {
    private static final int TAIL_BYTES = 64 * 1024;
    private final Path file;
    private final Map<String, String> fingerprints = new TreeMap<>();
    private boolean changed;

    private JarFingerprints(Path file) {
        this.file = file;
    }

    /** A missing or unreadable file counts as empty: every bundle is then updated once. */
    static JarFingerprints loadFile(Path file) {
        JarFingerprints loaded = new JarFingerprints(file);
        try {
            for (String line : Files.readAllLines(file)) {
                int space = line.indexOf(' ');
                if (space > 0) {
                    loaded.fingerprints.put(line.substring(space + 1), line.substring(0, space));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            loaded.fingerprints.clear();
        }
        return loaded;
    }

    public static String computeFingerprint(Path jar) throws IOException {
        try (FileChannel channel = FileChannel.open(jar)) {
            long size = channel.size();
            ByteBuffer tail = ByteBuffer.allocate((int) Math.min(TAIL_BYTES, size));
            long start = size - tail.capacity();
            while (tail.hasRemaining() && channel.read(tail, start + tail.position()) >= 0) {
                continue;
            }
            CRC32 checksum = new CRC32();
            checksum.update(tail.flip());
            return Long.toHexString(size) + "-" + Long.toHexString(checksum.getValue());
        }
    }

    boolean isUnchanged(String location, String fingerprint) {
        return fingerprint.equals(fingerprints.get(location));
    }

    void storeFingerprint(String location, String fingerprint) {
        changed |= !fingerprint.equals(fingerprints.put(location, fingerprint));
    }

    void removeFingerprint(String location) {
        changed |= fingerprints.remove(location) != null;
    }

    /** Atomic, but not forced to the disk: if a power cut loses the file, the bundles are only updated once more. */
    void saveIfChanged() throws StartRefusedException {
        if (!changed) {
            return;
        }
        StringBuilder text = new StringBuilder();
        fingerprints.forEach((location, fingerprint) -> text.append(fingerprint).append(' ').append(location).append('\n'));
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".tmp");
            Files.write(draft, text.toString().getBytes(StandardCharsets.UTF_8));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StartRefusedException("cannot write " + file + ": " + StartRefusedException.describeCause(e), e);
        }
    }
}
