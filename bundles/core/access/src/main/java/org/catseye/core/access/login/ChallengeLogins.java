package org.catseye.core.access.login;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Audit;
import org.catseye.access.Challenge;
import org.catseye.access.ChallengeLogin;
import org.catseye.access.ChallengeLogin.Started;
import org.catseye.access.LoginResponse;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.ChallengeAuthenticator;
import org.catseye.access.spi.LoginContext;
import org.catseye.concurrent.AddressKey;
import org.catseye.concurrent.KeyedTokenBuckets;
import org.catseye.concurrent.SizeLimit;
import org.catseye.core.access.authenticator.Authenticators;
import org.catseye.core.access.authenticator.BoundAuthenticator;
import org.catseye.core.access.session.LiveSession;
import org.catseye.secrets.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logins in two steps. Keeps the logins that wait for a response: bounded in number and time, each completed at most once. Thread-safe. */
public final class ChallengeLogins {

    static final Duration MAX_AGE = Duration.ofMinutes(10);
    static final int MAX_PENDING = 256;
    /** Logins that an address may begin at once, and the time for each further one. */
    static final int BURST = 10;
    private static final Duration BEGIN_INTERVAL = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(ChallengeLogins.class);

    private final Authenticators authenticators;
    private final LoginProcess logins;
    private final LoginAttempts attempts;
    private final InstantSource time;
    private final LongSupplier nanos;
    private final Audit audit;
    private final KeyedTokenBuckets<String> beginLimits = new KeyedTokenBuckets<>(BURST, BEGIN_INTERVAL.toNanos(), 4096);
    /** Guarded by this. By id, the oldest first. */
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    private record Pending(String method, LoginContext context, Instant began) {
    }

    /** @param nanos a clock that only goes forward */
    public ChallengeLogins(Authenticators authenticators, LoginProcess logins, LoginAttempts attempts, InstantSource time, LongSupplier nanos, Audit audit) {
        this.authenticators = authenticators;
        this.logins = logins;
        this.attempts = attempts;
        this.time = time;
        this.nanos = nanos;
        this.audit = audit;
    }

    /** See {@link ChallengeLogin#listMethods}. */
    public List<String> listMethods() {
        return authenticators.listAuthenticators().stream().filter(each -> each.service() instanceof ChallengeAuthenticator)
                .map(BoundAuthenticator::name).distinct().toList();
    }

    /** See {@link ChallengeLogin#beginLogin}. */
    public Started beginLogin(String method, URI returnAddress, String origin) throws AccessException {
        BoundAuthenticator authenticator = findMethod(method).orElseThrow(() -> new AccessException(Reason.NOT_FOUND, "There is no such login method."));
        if (!beginLimits.tryAcquire(AddressKey.fromAddress(origin), nanos.getAsLong())) {
            throw new AccessException(Reason.TOO_MANY_ATTEMPTS, "Too many logins were started. Try again in a moment.", BEGIN_INTERVAL);
        }
        LoginContext context = new LoginContext(Secrets.token(), returnAddress);
        AtomicReference<Challenge> challenge = new AtomicReference<>();
        Answer answer = authenticators.askAuthenticator(authenticator, () -> {
            challenge.set(challenger(authenticator).beginLogin(context));
            return new Answer.NotMine();
        });
        if (answer instanceof Answer.Unavailable || challenge.get() == null) {
            throw unavailable();
        }
        String id = Secrets.token();
        keepPending(id, new Pending(method, context, time.instant()));
        return new Started(id, challenge.get());
    }

    private Optional<BoundAuthenticator> findMethod(String method) {
        return authenticators.findByName(method).filter(found -> found.service() instanceof ChallengeAuthenticator);
    }

    private static ChallengeAuthenticator challenger(BoundAuthenticator authenticator) {
        return (ChallengeAuthenticator) authenticator.service();
    }

    private synchronized void keepPending(String id, Pending login) {
        pending.values().removeIf(this::isExpired);
        pending.put(id, login);
        SizeLimit.removeOldest(pending.keySet(), MAX_PENDING);
    }

    private boolean isExpired(Pending login) {
        Duration age = Duration.between(login.began(), time.instant());
        return age.isNegative() || age.compareTo(MAX_AGE) >= 0;
    }

    private synchronized Optional<Pending> takePending(String id) {
        return Optional.ofNullable(pending.remove(id)).filter(login -> !isExpired(login));
    }

    /** See {@link ChallengeLogin#completeLogin}. */
    public Login completeLogin(String id, LoginResponse response, String origin) throws AccessException {
        LoginAttempts.Guess attempt = attempts.beginAttempt("", origin);
        Optional<Pending> login = takePending(id);
        if (login.isEmpty()) {
            throw refuse("expired", origin);
        }
        Answer answer = askForAnswer(login.get(), response, attempt);
        if (answer instanceof Answer.Known known) {
            attempt.cancelAttempt();
            return logins.openConfirmed(findMethod(login.get().method()).orElseThrow(ChallengeLogins::unavailable), known.identity(), origin);
        }
        if (answer instanceof Answer.Unavailable) {
            attempt.cancelAttempt();
            throw unavailable();
        }
        throw refuse(login.get().method(), origin);
    }

    /** Whether the response completes this login, for the user of this session. The login is used up. */
    public boolean isResponseOf(LiveSession session, String id, LoginResponse response) throws AccessException {
        Optional<Pending> login = takePending(id).filter(begun -> begun.method().equals(session.authenticator()));
        if (login.isEmpty()) {
            return false;
        }
        Answer answer = askForAnswer(login.get(), response);
        if (answer instanceof Answer.Unavailable) {
            throw unavailable();
        }
        return answer instanceof Answer.Known known && session.belongsTo(known.identity());
    }

    private Answer askForAnswer(Pending login, LoginResponse response) throws AccessException {
        BoundAuthenticator authenticator = findMethod(login.method()).orElseThrow(ChallengeLogins::unavailable);
        return authenticators.askAuthenticator(authenticator, () -> challenger(authenticator).completeLogin(login.context(), response));
    }

    private Answer askForAnswer(Pending login, LoginResponse response, LoginAttempts.Guess attempt) throws AccessException {
        try {
            return askForAnswer(login, response);
        } catch (AccessException e) {
            attempt.cancelAttempt();
            throw e;
        }
    }

    private AccessException refuse(String method, String origin) {
        LOG.warn("A login from {} failed ({})", origin, method);
        audit.record("login.failed", "", origin, Map.of("at", method));
        return new AccessException(Reason.BAD_CREDENTIALS, "The login failed or took too long. Start it again.");
    }

    private static AccessException unavailable() {
        return new AccessException(Reason.UNAVAILABLE, "This login method is currently unavailable. The log of this device has the reason.");
    }
}
