package org.catseye.web.gate.request;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.catseye.access.AccessControl;
import org.catseye.access.AccessException;
import org.catseye.access.Session;
import org.catseye.http.BasicCredentials;
import org.catseye.http.RequestRefusedException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Logs in the users of requests with HTTP Basic: each Redfish client has to be able to send name and password with every request. A login opens an
 * ordinary session, with the same limits on guessing, and the following requests with the same name and password use it for some minutes. So it
 * ends as every session does: when the user's password or rights change, and when it is revoked. Thread-safe.
 */
@Component(service = BasicLogins.class)
public final class BasicLogins {

    static final int MAX_LOGINS = 64;
    /** After this time, the password is checked again. */
    static final long LIFETIME_NANOS = TimeUnit.MINUTES.toNanos(5);

    private static final String MAC = "HmacSHA256";

    private final AccessControl access;
    private final LongSupplier nanos;
    private final SecretKeySpec key;
    /** By a keyed hash of name and password, in the order of their last use. Guarded by this. */
    private final Map<String, OpenLogin> logins = new LinkedHashMap<>(16, 0.75f, true);

    /** A login that was made here. */
    private record OpenLogin(String token, long endNanos) {
        /** Without the token, which is a secret. */
        @Override
        public String toString() {
            return "OpenLogin[]";
        }
    }

    @Activate
    public BasicLogins(@Reference AccessControl access) {
        this(access, System::nanoTime);
    }

    BasicLogins(AccessControl access, LongSupplier nanos) {
        this.access = access;
        this.nanos = nanos;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, MAC);
    }

    /** Ends the sessions that were opened here. */
    @Deactivate
    void close() {
        List<OpenLogin> open;
        synchronized (this) {
            open = List.copyOf(logins.values());
            logins.clear();
        }
        open.forEach(this::logOut);
    }

    /**
     * The session of a request that has the name and password of a recent one, or an API token as the password. Does not block.
     *
     * @param headers returns all values of a header by its name
     */
    public Optional<Session> findSession(Function<String, List<String>> headers) {
        return readCredentials(headers).flatMap(this::findSession);
    }

    private Optional<Session> findSession(BasicCredentials credentials) {
        Optional<Session> ofToken = access.session(credentials.password()).filter(Session::isApiToken);
        return ofToken.or(() -> findLogin(hashCredentials(credentials)).flatMap(login -> access.session(login.token())));
    }

    private synchronized Optional<OpenLogin> findLogin(String hash) {
        return Optional.ofNullable(logins.get(hash)).filter(login -> login.endNanos() - nanos.getAsLong() > 0);
    }

    /**
     * Finds the session of a request with HTTP Basic, or logs its user in. Takes as long as a login.
     *
     * @param headers returns all values of a header by its name
     * @param address of the client, for the limits on guessing
     * @return empty if the request has no credentials of HTTP Basic
     * @throws RequestRefusedException if the user can't log in with them
     */
    public Optional<Session> logIn(Function<String, List<String>> headers, String address) throws RequestRefusedException {
        Optional<BasicCredentials> credentials = readCredentials(headers);
        if (credentials.isEmpty()) {
            return Optional.empty();
        }
        Optional<Session> known = findSession(credentials.get());
        return known.isPresent() ? known : Optional.of(openSession(credentials.get(), address));
    }

    private Session openSession(BasicCredentials credentials, String address) throws RequestRefusedException {
        char[] password = credentials.password().toCharArray();
        try {
            AccessControl.Login login = access.login(credentials.user(), password, "", address);
            return keepLogin(hashCredentials(credentials), new OpenLogin(login.token(), nanos.getAsLong() + LIFETIME_NANOS)).orElse(login.session());
        } catch (AccessException e) {
            throw RequestRefusedException.fromPasswordLogin(e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /**
     * Keeps a login for the next requests, and ends those that nobody can use any more, so that they don't stay in the list of sessions.
     *
     * @return the session of another request with the same password, if that was faster
     */
    private Optional<Session> keepLogin(String hash, OpenLogin added) {
        Optional<Session> faster = findLogin(hash).flatMap(login -> access.session(login.token()));
        if (faster.isPresent()) {
            logOut(added);
            return faster;
        }
        List<OpenLogin> ended = new ArrayList<>();
        synchronized (this) {
            Optional.ofNullable(logins.put(hash, added)).ifPresent(ended::add);
            logins.values().removeIf(login -> login.endNanos() - nanos.getAsLong() <= 0 && ended.add(login));
            for (Iterator<OpenLogin> oldest = logins.values().iterator(); logins.size() > MAX_LOGINS;) {
                ended.add(oldest.next());
                oldest.remove();
            }
        }
        ended.forEach(this::logOut);
        return Optional.empty();
    }

    private void logOut(OpenLogin login) {
        access.session(login.token()).ifPresent(access::logout);
    }

    private static Optional<BasicCredentials> readCredentials(Function<String, List<String>> headers) {
        List<String> values = headers.apply("Authorization");
        return values.size() == 1 ? BasicCredentials.parseHeader(values.get(0)) : Optional.empty();
    }

    /** With a random key, so that the hash in memory doesn't help to guess the password. */
    private String hashCredentials(BasicCredentials credentials) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal((credentials.user() + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + MAC, e);
        }
    }
}
