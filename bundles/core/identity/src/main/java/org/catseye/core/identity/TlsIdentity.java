package org.catseye.core.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.catseye.web.ServerIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current key and certificates. They are stored as files in a folder of the home directory: {@code authority.key} and
 * {@code .pem}, {@code server.key} and {@code .pem}. If a user adds {@code own.key} and {@code own.pem}, these are used instead.
 */
final class TlsIdentity implements ServerIdentity {

    /** A certificate is renewed this long before it expires. */
    static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);

    private final Path folder;
    private final Clock clock;
    private final String password;
    private volatile KeyAndChain pair;

    TlsIdentity(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        this.password = Base64.getEncoder().encodeToString(random);
    }

    /**
     * Loads the files, creates missing ones and renews those that expire soon.
     *
     * @param host the host name
     * @param names the names and addresses for the server certificate
     * @return whether the current certificate changed
     * @throws IOException with a message that names the file
     */
    boolean refreshFiles(String host, SortedSet<AlternativeName> names) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Optional<KeyAndChain> own = PemFiles.readPair(folder.resolve("own.key"), folder.resolve("own.pem"));
        KeyAndChain current;
        try {
            current = own.isPresent() ? own.get() : loadOrIssue(host, names);
        } catch (GeneralSecurityException e) {
            throw new IOException("the server certificate could not be created: " + e.getMessage(), e);
        }
        own.ifPresent(this::warnOfExpiry);
        boolean changed = pair == null || !pair.chain().equals(current.chain());
        pair = current;
        return changed;
    }

    @Override
    public KeyStore keyStore() {
        KeyAndChain current = pair;
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", current.key(), password(), current.chain().toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key store in memory could not be created", e);
        }
    }

    @Override
    public char[] password() {
        return password.toCharArray();
    }

    String serialNumber() {
        return pair.certificate().getSerialNumber().toString(16);
    }

    private KeyAndChain loadOrIssue(String host, SortedSet<AlternativeName> names) throws IOException, GeneralSecurityException {
        CertificateAuthority maker = new CertificateAuthority(clock);
        KeyAndChain authority = loadOrCreateAuthority(maker, host);
        Optional<KeyAndChain> server = PemFiles.readPair(folder.resolve("server.key"), folder.resolve("server.pem"));
        if (server.isPresent() && isUsable(server.get(), authority, names)) {
            return server.get();
        }
        KeyAndChain fresh = maker.issueServer(authority, host, names);
        PemFiles.writePair(fresh, folder.resolve("server.key"), folder.resolve("server.pem"));
        LOG.info("A server certificate was created for {}", names.stream().map(AlternativeName::text).toList());
        return fresh;
    }

    private KeyAndChain loadOrCreateAuthority(CertificateAuthority maker, String host) throws IOException, GeneralSecurityException {
        Path keyFile = folder.resolve("authority.key");
        Path certificateFile = folder.resolve("authority.pem");
        Optional<KeyAndChain> kept = PemFiles.readPair(keyFile, certificateFile);
        if (kept.isPresent() && !expiresSoon(kept.get().certificate())) {
            return kept.get();
        }
        KeyAndChain created = maker.createAuthority(host);
        PemFiles.writePair(created, keyFile, certificateFile);
        LOG.info("A certificate authority of this device was created; browsers trust it when {} is imported", certificateFile);
        return created;
    }

    /** Whether the certificate was issued by this authority, does not expire soon, and lists all names of the host. */
    private boolean isUsable(KeyAndChain server, KeyAndChain authority, SortedSet<AlternativeName> names) throws GeneralSecurityException {
        X509Certificate certificate = server.certificate();
        return server.chain().contains(authority.certificate()) && !expiresSoon(certificate) && readNames(certificate).containsAll(names);
    }

    private boolean expiresSoon(X509Certificate certificate) {
        return clock.instant().plus(RENEW_BEFORE).isAfter(certificate.getNotAfter().toInstant());
    }

    private void warnOfExpiry(KeyAndChain own) {
        Instant end = own.certificate().getNotAfter().toInstant();
        if (expiresSoon(own.certificate())) {
            LOG.warn("The certificate in {} expires at {}; replace it, or remove it and a new one is created",
                    folder.resolve("own.pem"), end);
        }
    }

    static SortedSet<AlternativeName> readNames(X509Certificate certificate) throws GeneralSecurityException {
        SortedSet<AlternativeName> names = new TreeSet<>();
        Collection<List<?>> all = Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
        for (List<?> name : all) {
            // RFC 5280 section 4.2.1.6: 2 is dNSName, 7 is iPAddress.
            names.add(new AlternativeName(String.valueOf(name.get(1)), Integer.valueOf(7).equals(name.get(0))));
        }
        return names;
    }
}
