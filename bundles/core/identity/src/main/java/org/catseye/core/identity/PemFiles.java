package org.catseye.core.identity;

import java.io.IOException;
import java.io.Reader;
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

/** Keys and certificates as PEM files (RFC 7468), which everybody's tools understand. */
final class PemFiles {

    private PemFiles() {
    }

    /**
     * Reads a private key and the certificates that go with it, from two files or one.
     *
     * @return empty if a file is not there
     * @throws IOException in words, naming the file, if it holds something else
     */
    static Optional<Authority.Pair> read(Path keyFile, Path certificateFile) throws IOException {
        List<Object> inKeyFile;
        List<Object> inCertificateFile;
        try {
            inKeyFile = objects(keyFile);
            inCertificateFile = objects(certificateFile);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            PrivateKey key = key(inKeyFile, keyFile);
            List<X509Certificate> chain = new ArrayList<>();
            for (Object object : inCertificateFile) {
                if (object instanceof X509CertificateHolder holder) {
                    chain.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
            if (chain.isEmpty()) {
                throw new IOException(certificateFile + " holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
            }
            Matching.check(key, chain.get(0), keyFile, certificateFile);
            return Optional.of(new Authority.Pair(key, chain));
        } catch (GeneralSecurityException e) {
            throw new IOException(certificateFile + " and " + keyFile + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Writes both files, replacing them whole; the key is for the owner's eyes only from its first byte on. */
    static void write(Authority.Pair pair, Path keyFile, Path certificateFile) throws IOException {
        replace(keyFile, List.of(new JcaPKCS8Generator(pair.key(), null)), "rw-------");
        replace(certificateFile, pair.chain(), "rw-r--r--");
    }

    private static PrivateKey key(List<Object> objects, Path file) throws IOException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        for (Object object : objects) {
            if (object instanceof PEMKeyPair pair) {
                return converter.getPrivateKey(pair.getPrivateKeyInfo());
            }
            if (object instanceof PrivateKeyInfo info) {
                return converter.getPrivateKey(info);
            }
        }
        throw new IOException(file + " holds no private key in PEM form without a passphrase (-----BEGIN PRIVATE KEY-----)");
    }

    private static List<Object> objects(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > 1024 * 1024) {
            throw new IOException(file + " is too large for a key or certificate");
        }
        List<Object> objects = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII); PEMParser parser = new PEMParser(reader)) {
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

    private static void replace(Path file, List<?> objects, String permissions) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        }
        DurableFile.withPermissions(file, permissions).replaceContent(text.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
