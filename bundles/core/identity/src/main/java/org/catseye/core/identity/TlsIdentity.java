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
 * The key and certificates in use. They are files in a folder of the home: {@code authority.key} and {@code .pem}, {@code server.key} and
 * {@code .pem}. If a user adds {@code own.key} and {@code own.pem}, these are used instead. Whatever is wrong with any of these files,
 * there is a certificate: the one in use, or a new one of the device. Then {@link #currentProblem()} describes the mistake.
 */
final class TlsIdentity implements ServerIdentity {

    /** A certificate is renewed this long before its end. */
    static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);

    private final Path folder;
    private final Clock clock;
    private final String password;
    private volatile KeyAndChain pair;
    private volatile String problem = "";
    /** Whether {@link #pair} came from the user's own files. Used by the one thread that refreshes. */
    private boolean ownInUse;
    /** The authority that this process created; null if there is none. Used by the one thread that refreshes. */
    private KeyAndChain createdAuthority;

    TlsIdentity(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = new PlausibleClock(clock);
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        this.password = Base64.getEncoder().encodeToString(random);
    }

    /**
     * Loads the files, creates missing or damaged ones and renews those that expire soon.
     *
     * @param host the host's name
     * @param names for the server certificate
     * @return whether the certificate in use changed
     * @throws IOException if no certificate could be created at all
     */
    boolean refreshFiles(String host, SortedSet<AlternativeName> names) throws IOException {
        problem = "";
        createFolder();
        KeyAndChain current;
        try {
            Optional<KeyAndChain> own = loadOwn();
            boolean keepsFormerOwn = own.isEmpty() && !problem.isEmpty() && ownInUse && !expiresSoon(pair.certificate());
            if (keepsFormerOwn) {
                return false;
            }
            ownInUse = own.isPresent();
            current = ownInUse ? own.get() : loadOrIssue(host, names);
        } catch (GeneralSecurityException e) {
            throw new IOException("the server certificate could not be created: " + e.getMessage(), e);
        }
        boolean changed = pair == null || !pair.chain().equals(current.chain());
        pair = current;
        return changed;
    }

    /** The mistake in the files, with the remedy; empty if there is none. */
    String currentProblem() {
        return problem;
    }

    /** The certificate in use, for people: its name and its end. */
    String describeCertificate() {
        X509Certificate certificate = pair.certificate();
        return (ownInUse ? "Your own certificate" : "The device's own certificate") + " is in use, until " + certificate.getNotAfter().toInstant() + ".";
    }

    private void createFolder() {
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            reportProblem("The folder " + folder + " cannot be created (" + e.getMessage() + "). Check the disk and its permissions.");
        }
    }

    private Optional<KeyAndChain> loadOwn() {
        Path keyFile = folder.resolve("own.key");
        Path certificateFile = folder.resolve("own.pem");
        if (Files.notExists(keyFile) && Files.notExists(certificateFile)) {
            return Optional.empty();
        }
        try {
            Optional<KeyAndChain> own = PemFiles.readPair(keyFile, certificateFile);
            if (own.isEmpty()) {
                Path missing = Files.exists(keyFile) ? certificateFile : keyFile;
                reportProblem("The file " + missing + " is missing, so your own certificate is not used. Add it, or remove the other one.");
            }
            own.ifPresent(this::checkValidity);
            return own;
        } catch (IOException e) {
            reportProblem("Your own certificate is not used: " + e.getMessage() + ". Replace own.key and own.pem, or remove them.");
            return Optional.empty();
        }
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

    private KeyAndChain loadOrIssue(String host, SortedSet<AlternativeName> names) throws GeneralSecurityException {
        CertificateAuthority maker = new CertificateAuthority(clock);
        KeyAndChain authority = loadOrCreateAuthority(maker, host);
        Optional<KeyAndChain> server = loadKept("server");
        if (server.isPresent() && isUsable(server.get(), authority, names)) {
            return server.get();
        }
        if (pair != null && isUsable(pair, authority, names)) {
            // In use already, but it could not be stored.
            storePair("server", pair);
            return pair;
        }
        KeyAndChain fresh = maker.issueServer(authority, host, names);
        storePair("server", fresh);
        LOG.info("A server certificate was created for {}", names.stream().map(AlternativeName::text).toList());
        return fresh;
    }

    private KeyAndChain loadOrCreateAuthority(CertificateAuthority maker, String host) throws GeneralSecurityException {
        Optional<KeyAndChain> kept = loadKept("authority").filter(pair -> isCurrent(pair.certificate()));
        if (kept.isPresent()) {
            return kept.get();
        }
        if (createdAuthority == null || !isCurrent(createdAuthority.certificate())) {
            createdAuthority = maker.createAuthority(host);
            LOG.info("A certificate authority of this device was created; browsers trust it when {} is imported", folder.resolve("authority.pem"));
        }
        storePair("authority", createdAuthority);
        return createdAuthority;
    }

    /** Damaged files count as missing. They are logged, because browsers have to trust the new authority. */
    private Optional<KeyAndChain> loadKept(String name) {
        try {
            return PemFiles.readPair(folder.resolve(name + ".key"), folder.resolve(name + ".pem"));
        } catch (IOException e) {
            LOG.warn("TLS: {}; a new one is created", e.getMessage());
            return Optional.empty();
        }
    }

    /** A full disk does not disable HTTPS: the pair is used from memory, and stored at the next try. */
    private void storePair(String name, KeyAndChain created) {
        try {
            PemFiles.writePair(created, folder.resolve(name + ".key"), folder.resolve(name + ".pem"));
        } catch (IOException e) {
            reportProblem("The certificate cannot be stored (" + e.getMessage() + "). Free some space, or check the permissions of " + folder + ".");
        }
    }

    private void reportProblem(String text) {
        problem = problem.isEmpty() ? text : problem + " " + text;
    }

    /** Whether it was issued by this authority, is valid for long enough, and has every name of the host. */
    private boolean isUsable(KeyAndChain server, KeyAndChain authority, SortedSet<AlternativeName> names) throws GeneralSecurityException {
        X509Certificate certificate = server.certificate();
        return server.chain().contains(authority.certificate()) && isCurrent(certificate) && readNames(certificate).containsAll(names);
    }

    private boolean expiresSoon(X509Certificate certificate) {
        return clock.instant().plus(RENEW_BEFORE).isAfter(certificate.getNotAfter().toInstant());
    }

    /** A clock that was ahead leaves certificates that are not valid yet. */
    private boolean isCurrent(X509Certificate certificate) {
        return !expiresSoon(certificate) && !clock.instant().isBefore(certificate.getNotBefore().toInstant());
    }

    private void checkValidity(KeyAndChain own) {
        X509Certificate certificate = own.certificate();
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (clock.instant().isBefore(begin)) {
            reportProblem("Your own certificate is not valid before " + begin + ". Check this device's clock (" + clock.instant() + ").");
        } else if (expiresSoon(certificate)) {
            reportProblem("Your own certificate in " + folder.resolve("own.pem") + " expires at " + end + ". Replace it, or remove it and the device's is used.");
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
