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
 * Remembers the content of each jar in the framework's cache, in a file with one line {@code <fingerprint>@<time> <location>} per bundle.
 * The time is that of the bundle's last update. If it differs, something other than the launcher has updated the bundle since. Time stamps of files are no help: our jars and archives are reproducible, so all have the same. A fingerprint is the size and the CRC-32 of
 * the last 64 KiB, where a zip file has its directory with the checksum of each entry. Not thread-safe.
 */
public final class JarFingerprints {
    private static final int TAIL_BYTES = 64 * 1024;
    private static final char TIME_MARK = '@';
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

    /** @param modified when the bundle was last updated, by whatever */
    boolean isUnchanged(String location, String fingerprint, long modified) {
        return formatEntry(fingerprint, modified).equals(fingerprints.get(location));
    }

    /** Whether something else has updated the bundle since its fingerprint was stored. */
    boolean isChangedByOthers(String location, long modified) {
        String entry = fingerprints.get(location);
        return entry != null && entry.indexOf(TIME_MARK) >= 0 && !entry.endsWith(formatEntry("", modified));
    }

    void storeFingerprint(String location, String fingerprint, long modified) {
        String entry = formatEntry(fingerprint, modified);
        changed |= !entry.equals(fingerprints.put(location, entry));
    }

    private static String formatEntry(String fingerprint, long modified) {
        return fingerprint + TIME_MARK + modified;
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
