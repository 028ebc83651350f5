package org.catseye.core.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Audit;
import org.catseye.access.spi.DeviceUsers;
import org.catseye.access.spi.Identity;
import org.catseye.core.access.Authenticators.Source;
import org.catseye.core.access.Authenticators.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How somebody comes in: the brake on guessing, the question who it is, the second factor, the session, the record. Thread-safe. */
final class Logins {

    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);
    /** Each holds a thread of the web server, which has more to do. */
    private static final int MOST_AT_ONCE = 12;

    private final Authenticators authenticators;
    private final Standing standing;
    private final Sessions sessions;
    private final Attempts attempts;
    private final Refusals refusals;
    private final LongSupplier nanos;
    private final Audit audit;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    Logins(Authenticators authenticators, Standing standing, Sessions sessions, Attempts attempts, Refusals refusals, LongSupplier nanos, Audit audit) {
        this.authenticators = authenticators;
        this.standing = standing;
        this.sessions = sessions;
        this.attempts = attempts;
        this.refusals = refusals;
        this.nanos = nanos;
        this.audit = audit;
    }

    Login claim(String token, char[] password, String origin) throws AccessException {
        Source source = authenticators.onDevice().orElseThrow(() -> new AccessException(Reason.UNAVAILABLE, "The users of this device are away just now."));
        DeviceUsers users = (DeviceUsers) source.service();
        boolean right = users.claimTokenMatches(token);
        if (users.claimed()) {
            throw new AccessException(Reason.ALREADY_CLAIMED, "This device has an owner already. Log in instead.");
        }
        Attempts.Guess attempt = attempts.begin("", origin);
        if (!right) {
            throw new AccessException(Reason.BAD_CREDENTIALS, "This is not the token that was printed on the log at the start.");
        }
        attempt.cancelled();
        Identity owner = users.claim(password);
        standing.learn(source.name(), owner);
        Login login = sessions.open(source.name(), owner, origin);
        LOG.info("Claimed from {}: the user is {}", origin, owner.user());
        audit.record("claim", owner.user(), origin, Map.of());
        return login;
    }

    Login login(String user, char[] password, String code, String origin) throws AccessException {
        if (!room.tryAcquire()) {
            throw new AccessException(Reason.TOO_MANY_ATTEMPTS, "Many people log in just now. Try again in a moment.", Duration.ofSeconds(2));
        }
        try {
            return login(user, password, code, origin, attempts.begin(user, origin));
        } finally {
            room.release();
        }
    }

    private Login login(String user, char[] password, String code, String origin, Attempts.Guess attempt) throws AccessException {
        long began = nanos.getAsLong();
        Verdict verdict = ask(user, password, attempt);
        if (verdict.known().isEmpty()) {
            if (verdict.unavailable()) {
                // Nobody looked at the password.
                attempt.cancelled();
            }
            throw refusal(verdict, user, origin, began);
        }
        Source source = verdict.by().orElseThrow();
        Identity identity = verdict.known().get().identity();
        needSecondFactor(source, identity, code, attempt, origin);
        attempt.succeeded();
        standing.learn(source.name(), identity);
        Login login = sessions.open(source.name(), identity, origin);
        LiveSession session = (LiveSession) login.session();
        if (!standing.stands(session)) {
            sessions.end(session);
            throw new AccessException(Reason.BAD_CREDENTIALS, "The password or the rights were changed just now. Log in again.");
        }
        LOG.info("{} logged in from {}", identity.user(), origin);
        Map<String, String> details = new LinkedHashMap<>(Map.of("session", session.id()));
        if (!source.onDevice()) {
            details.put("authenticator", source.name());
        }
        audit.record("login", identity.user(), origin, details);
        return login;
    }

    private Verdict ask(String user, char[] password, Attempts.Guess attempt) throws AccessException {
        try {
            return authenticators.who(user, password);
        } catch (AccessException e) {
            attempt.cancelled();
            throw e;
        } catch (RuntimeException | Error e) {
            // Nobody said whether it was right: it must not count as a wrong guess.
            attempt.cancelled();
            throw e;
        }
    }

    /** The same words, and the same time, for whoever is refused. */
    private AccessException refusal(Verdict verdict, String user, String origin, long began) {
        LOG.warn("A login from {} failed", origin);
        // A name that nobody has may be a password in the wrong field.
        audit.record("login.failed", verdict.by().isPresent() ? user : "", origin, Map.of());
        if (authenticators.size() > 1) {
            refusals.await(began);
        }
        if (verdict.unavailable()) {
            return new AccessException(Reason.UNAVAILABLE, "Nobody can log in just now. The log of this device says why and how to mend it.");
        }
        return new AccessException(Reason.BAD_CREDENTIALS, authenticators.someoneIsSpeechless()
                ? "User name or password is wrong; or the account is kept in a directory that does not answer just now." : "User name or password is wrong.");
    }

    private void needSecondFactor(Source source, Identity identity, String code, Attempts.Guess attempt, String origin) throws AccessException {
        if (!identity.secondFactor()) {
            return;
        }
        if (code.isBlank()) {
            attempt.cancelled();
            throw new AccessException(Reason.OTP_REQUIRED, "This user also needs the code that the app shows, or a recovery code.");
        }
        if (!source.service().useCode(identity.user(), code)) {
            LOG.warn("A login from {} failed at the second factor", origin);
            audit.record("login.failed", identity.user(), origin, Map.of("at", "second factor"));
            throw new AccessException(Reason.BAD_CREDENTIALS, "The code is wrong, or was used already. Wait for the next one.");
        }
    }
}
