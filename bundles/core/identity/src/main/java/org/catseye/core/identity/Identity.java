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
import org.catseye.core.identity.Authority.Name;
import org.catseye.core.identity.Authority.Pair;
import org.catseye.web.ServerIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key and certificates in use, kept in a folder of the home: {@code authority.key/.pem}, {@code server.key/.pem}, and, if somebody put
 * them there, {@code own.key/.pem}, which are used instead.
 */
final class Identity implements ServerIdentity {

    /** Renewed that long before its end. */
    static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

    private final Path folder;
    private final Clock clock;
    private final String password;
    private volatile Pair pair;

    Identity(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        this.password = Base64.getEncoder().encodeToString(random);
    }

    /**
     * Loads what is there, makes what is missing, renews what is due.
     *
     * @param host the host's name
     * @param names for the server certificate
     * @return whether the certificate in use changed
     * @throws IOException in words, naming the file
     */
    boolean refresh(String host, SortedSet<Name> names) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Optional<Pair> own = PemFiles.read(folder.resolve("own.key"), folder.resolve("own.pem"));
        Pair now;
        try {
            now = own.isPresent() ? own.get() : issued(host, names);
        } catch (GeneralSecurityException e) {
            throw new IOException("the server certificate could not be made: " + e.getMessage(), e);
        }
        own.ifPresent(this::warnOfEnd);
        boolean changed = pair == null || !pair.chain().equals(now.chain());
        pair = now;
        return changed;
    }

    @Override
    public KeyStore keyStore() {
        Pair now = pair;
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", now.key(), password(), now.chain().toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key store in memory could not be made", e);
        }
    }

    @Override
    public char[] password() {
        return password.toCharArray();
    }

    String serial() {
        return pair.chain().get(0).getSerialNumber().toString(16);
    }

    private Pair issued(String host, SortedSet<Name> names) throws IOException, GeneralSecurityException {
        Authority maker = new Authority(clock);
        Optional<Pair> kept = PemFiles.read(folder.resolve("authority.key"), folder.resolve("authority.pem"));
        Pair authority;
        if (kept.isPresent() && !due(kept.get().chain().get(0))) {
            authority = kept.get();
        } else {
            authority = maker.create(host);
            PemFiles.write(authority, folder.resolve("authority.key"), folder.resolve("authority.pem"));
            LOG.info("A certificate authority of this device's own was made; browsers trust it when {} is imported there",
                    folder.resolve("authority.pem"));
        }
        Optional<Pair> server = PemFiles.read(folder.resolve("server.key"), folder.resolve("server.pem"));
        if (server.isPresent() && good(server.get(), authority, names)) {
            return server.get();
        }
        Pair fresh = maker.issue(authority, host, names);
        PemFiles.write(fresh, folder.resolve("server.key"), folder.resolve("server.pem"));
        LOG.info("A server certificate was made for {}", names.stream().map(Name::text).toList());
        return fresh;
    }

    /** Issued by this authority, not near its end, and for every name the host has now. */
    private boolean good(Pair server, Pair authority, SortedSet<Name> names) throws GeneralSecurityException {
        X509Certificate certificate = server.chain().get(0);
        return server.chain().contains(authority.chain().get(0)) && !due(certificate) && namesOf(certificate).containsAll(names);
    }

    private boolean due(X509Certificate certificate) {
        return clock.instant().plus(RENEW_BEFORE).isAfter(certificate.getNotAfter().toInstant());
    }

    private void warnOfEnd(Pair own) {
        Instant end = own.chain().get(0).getNotAfter().toInstant();
        if (due(own.chain().get(0))) {
            LOG.warn("The certificate in {} ends at {}; replace it, or remove it and one is made", folder.resolve("own.pem"), end);
        }
    }

    static SortedSet<Name> namesOf(X509Certificate certificate) throws GeneralSecurityException {
        SortedSet<Name> names = new TreeSet<>();
        Collection<List<?>> all = Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
        for (List<?> name : all) {
            // RFC 5280 section 4.2.1.6: 2 is dNSName, 7 is iPAddress.
            names.add(new Name(String.valueOf(name.get(1)), Integer.valueOf(7).equals(name.get(0))));
        }
        return names;
    }
}
