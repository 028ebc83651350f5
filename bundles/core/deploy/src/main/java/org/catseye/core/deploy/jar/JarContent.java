package org.catseye.core.deploy.jar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * What a whole jar contains.
 *
 * @param headers the main section of its manifest; empty if there is none
 * @param digest SHA-256 of the file
 */
public record JarContent(Attributes headers, String digest) {

    /** A manifest and its package names are held in memory. */
    private static final int MAX_MANIFEST_BYTES = 1 << 20;
    private static final int BUFFER_BYTES = 16 << 10;
    /** Of a jar. */
    public static final long MAX_FILE_BYTES = 64L << 20;
    private static final int MAX_ENTRIES = 20_000;
    private static final long MAX_UNPACKED_BYTES = 512L << 20;

    /**
     * Reads the whole file and checks each entry.
     *
     * @throws IOException if the file is not a whole jar: still being copied, damaged, too large, or something else
     */
    public static JarContent readFile(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException("it has more than 64 MiB");
        }
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            if (jar.size() > MAX_ENTRIES) {
                throw new IOException("it has more than " + MAX_ENTRIES + " entries");
            }
            long left = MAX_UNPACKED_BYTES;
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements();) {
                left -= checkEntry(jar, entries.nextElement(), left);
            }
            return new JarContent(readHeaders(jar), computeDigest(file));
        } catch (RuntimeException damaged) {
            throw new IOException(damaged.getMessage(), damaged);
        }
    }

    private static Attributes readHeaders(JarFile jar) throws IOException {
        JarEntry entry = jar.getJarEntry(JarFile.MANIFEST_NAME);
        if (entry == null) {
            return new Attributes();
        }
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] manifest = in.readNBytes(MAX_MANIFEST_BYTES + 1);
            if (manifest.length > MAX_MANIFEST_BYTES) {
                throw new IOException("its manifest has more than 1 MiB");
            }
            return new Manifest(new ByteArrayInputStream(manifest)).getMainAttributes();
        }
    }

    /** Returns the number of its unpacked bytes. */
    private static long checkEntry(JarFile jar, JarEntry entry, long maxBytes) throws IOException {
        long unpacked = 0;
        CRC32 checksum = new CRC32();
        try (InputStream in = new CheckedInputStream(jar.getInputStream(entry), checksum)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                unpacked += length;
                if (unpacked > maxBytes) {
                    throw new IOException("its entries have more than 512 MiB when they are unpacked");
                }
            }
        }
        if (entry.getCrc() != -1 && entry.getCrc() != checksum.getValue()) {
            throw new IOException("the checksum of " + entry.getName() + " is wrong");
        }
        return unpacked;
    }

    /** SHA-256 of a file, in hexadecimal. */
    public static String computeDigest(Path file) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Empty if the jar is not a bundle. */
    public Optional<String> symbolicName() {
        return Optional.ofNullable(headers.getValue(Constants.BUNDLE_SYMBOLICNAME)).map(header -> header.split(";", -1)[0].strip())
                .filter(name -> !name.isEmpty());
    }

    public boolean hasValidVersion() {
        try {
            return parseVersion() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** @throws IllegalArgumentException if the version is malformed */
    public Version parseVersion() {
        return Version.parseVersion(headers.getValue(Constants.BUNDLE_VERSION));
    }

    public boolean isFragment() {
        return headers.getValue(Constants.FRAGMENT_HOST) != null;
    }
}
