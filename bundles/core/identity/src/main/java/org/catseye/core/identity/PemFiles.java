package org.catseye.core.identity;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.catseye.files.DurableFile;

/** Reads and writes keys and certificates as PEM files (RFC 7468). */
final class PemFiles {

    /** The three bytes of the mark in UTF-8, read as ISO 8859-1. */
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";
    private static final long MAX_BYTES = 1024 * 1024;

    private PemFiles() {
    }

    /**
     * Reads a private key and its certificates, from one file or two.
     *
     * @return empty if a file is missing
     * @throws IOException with a message that names the file, if its content is invalid
     */
    static Optional<KeyAndChain> readPair(Path keyFile, Path certificateFile) throws IOException {
        List<Object> inKeyFile;
        List<Object> inCertificateFile;
        try {
            inKeyFile = readObjects(keyFile);
            inCertificateFile = readObjects(certificateFile);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            PrivateKey key = findKey(inKeyFile, keyFile);
            List<X509Certificate> chain = findCertificates(inCertificateFile, certificateFile);
            KeyMatch.checkMatch(key, chain.get(0), keyFile, certificateFile);
            return Optional.of(new KeyAndChain(key, chain));
        } catch (GeneralSecurityException e) {
            throw new IOException(certificateFile + " and " + keyFile + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Replaces both files as a whole. Only the owner can read the key at any time. */
    static void writePair(KeyAndChain pair, Path keyFile, Path certificateFile) throws IOException {
        replaceFile(keyFile, List.of(new JcaPKCS8Generator(pair.key(), null)), "rw-------");
        replaceFile(certificateFile, pair.chain(), "rw-r--r--");
    }

    private static List<X509Certificate> findCertificates(List<Object> objects, Path file) throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Object object : objects) {
            if (object instanceof X509CertificateHolder holder) {
                chain.add(new JcaX509CertificateConverter().getCertificate(holder));
            }
        }
        if (chain.isEmpty()) {
            throw new IOException(file + " contains no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
        }
        return chain;
    }

    private static PrivateKey findKey(List<Object> objects, Path file) throws IOException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        for (Object object : objects) {
            if (object instanceof PEMKeyPair pair) {
                return converter.getPrivateKey(pair.getPrivateKeyInfo());
            }
            if (object instanceof PrivateKeyInfo info) {
                return converter.getPrivateKey(info);
            }
        }
        throw new IOException(file + " contains no private key in PEM form without a passphrase (-----BEGIN PRIVATE KEY-----)");
    }

    private static List<Object> readObjects(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is too large for a key or certificate");
        }
        List<Object> objects = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(readText(file)))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                objects.add(object);
            }
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new IOException(file + " is not readable as PEM: " + e.getMessage(), e);
        }
        return objects;
    }

    /** ISO 8859-1 reads any byte: a byte order mark, and notes between the blocks, which RFC 7468 section 2 permits. */
    private static String readText(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1).replaceFirst("^" + BYTE_ORDER_MARK, "");
    }

    private static void replaceFile(Path file, List<?> objects, String permissions) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        }
        DurableFile.withPermissions(file, permissions).replaceContent(text.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
