package org.catseye.core.deploy.signature;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.catseye.core.deploy.signature.SignatureReader.DamageException;

/**
 * Compares the two ways to read a jar: by the directory at its end, as the framework and the verification do, and from its beginning, as other
 * programs do. A jar that has other files in one of them was made to deceive.
 */
final class EntryComparison {

    private static final int BUFFER_BYTES = 16 << 10;
    private static final String PROBLEM = "it is signed, but has other files for programs that read it from its beginning";

    /** @param digest SHA-256 of the content */
    private record Content(long size, String digest) {
    }

    /** By name. */
    private final Map<String, Content> listed = new HashMap<>();

    /** Adds a file that the directory at the end of the jar names. Reads it to the end. */
    void addEntry(String name, InputStream content) throws IOException {
        listed.put(name, readContent(content, Long.MAX_VALUE));
    }

    /** Reads the jar from its beginning. */
    void checkStream(Path jar) throws DamageException {
        Map<String, Content> left = new HashMap<>(listed);
        try (ZipInputStream in = new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Content expected = left.remove(entry.getName());
                // Not more than expected: the rest could be without end.
                if (expected == null || !expected.equals(readContent(in, expected.size()))) {
                    throw new DamageException(PROBLEM);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new DamageException(PROBLEM);
        }
        if (!left.isEmpty()) {
            throw new DamageException(PROBLEM);
        }
    }

    private static Content readContent(InputStream in, long maxBytes) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER_BYTES];
            long size = 0;
            for (int length = in.read(buffer); length >= 0 && size <= maxBytes; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
                size += length;
            }
            return new Content(size, HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
