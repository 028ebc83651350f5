package org.catseye.core.access.login;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Audit;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Identity;
import org.catseye.access.spi.PasswordAuthenticator;
import org.catseye.core.access.authenticator.Authenticators;
import org.catseye.core.access.authenticator.BoundAuthenticator;
import org.catseye.core.access.authenticator.UserStatus;
import org.catseye.core.access.session.LiveSession;
import org.catseye.core.access.session.SessionRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets users who are logged in prove their identity again, with the same limit on guessing and the same audit as a login. A code alone is enough here,
 * so guessing must have an end: too many wrong ones end the session. Thread-safe.
 */
public final class IdentityCheck {

    /** Wrong passwords and codes after which a session ends. */
    public static final int MAX_FAILURES = 10;

    private static final Logger LOG = LoggerFactory.getLogger(IdentityCheck.class);
    /** Each holds a thread of the web server. */
    private static final int MAX_AT_ONCE = 4;

    private final Authenticators authenticators;
    private final UserStatus status;
    private final SessionRegistry sessions;
    private final LoginAttempts attempts;
    private final Audit audit;
    private final Semaphore room = new Semaphore(MAX_AT_ONCE);
    /** The users whose secrets are being checked. One check each, so that a user who repeats it can't keep the others out. */
    private final Set<UserOf> checkedUsers = ConcurrentHashMap.newKeySet();

    private record UserOf(String authenticator, String name) {
    }

    public IdentityCheck(Authenticators authenticators, UserStatus status, SessionRegistry sessions, LoginAttempts attempts, Audit audit) {
        this.authenticators = authenticators;
        this.status = status;
        this.sessions = sessions;
        this.attempts = attempts;
        this.audit = audit;
    }

    public boolean hasSecondFactor(LiveSession session) {
        return !session.isApiToken() && status.findIdentity(session).filter(Identity::secondFactor).isPresent();
    }

    /** Checks the password, or a code of the second factor. From now on the session has a recent proof. */
    public void proveAgain(LiveSession session, char[] password, String code, String address) throws AccessException {
        if (password.length == 0 == code.isBlank()) {
            throw new AccessException(Reason.INVALID, "Give either the password or a code of the second factor.");
        }
        if (code.isBlank()) {
            requirePassword(session, password, address, "The password is wrong.");
        } else {
            requireRight(session, address, () -> isCodeRight(findSource(session), session, code),
                    new AccessException(Reason.BAD_CREDENTIALS, "The code is wrong, or was used already. Wait for the next one."));
            recordProof(session, address, "code");
        }
    }

    /**
     * Checks the password for a change that needs it each time. From now on the session has a recent proof.
     *
     * @param refusal the message if the password is wrong
     */
    public void requirePassword(LiveSession session, char[] password, String address, String refusal) throws AccessException {
        requireRight(session, address, () -> isPasswordRight(findSource(session), session, password), new AccessException(Reason.BAD_CREDENTIALS, refusal));
        recordProof(session, address, "password");
    }

    /** Checks the response to a challenge of the session's own authenticator. From now on the session has a recent proof. */
    public void proveByChallenge(LiveSession session, String address, SecretCheck check) throws AccessException {
        requireRight(session, address, check, new AccessException(Reason.BAD_CREDENTIALS, "The confirmation failed or took too long. Start it again."));
        recordProof(session, address, session.authenticator());
    }

    /** Compares a secret that a user gave with the right one. */
    @FunctionalInterface
    public interface SecretCheck {
        /** @throws AccessException if the secret can't be checked, which is no guess */
        boolean isRight() throws AccessException;
    }

    /**
     * Every secret that a logged-in user gives is checked here: guesses are slowed down, a wrong one is on record, and too many end the session.
     *
     * @param refusal thrown if the secret is wrong
     */
    public void requireRight(LiveSession session, String address, SecretCheck check, AccessException refusal) throws AccessException {
        UserOf user = new UserOf(session.authenticator(), session.user());
        if (!checkedUsers.add(user)) {
            throw createBusyException();
        }
        try {
            requireRightInTurn(session, address, check, refusal);
        } finally {
            checkedUsers.remove(user);
        }
    }

    private void requireRightInTurn(LiveSession session, String address, SecretCheck check, AccessException refusal) throws AccessException {
        if (!room.tryAcquire()) {
            throw createBusyException();
        }
        try {
            LoginAttempts.Guess attempt = attempts.beginAttempt(session.user(), address);
            if (!isRight(check, attempt)) {
                recordFailure(session, address);
                throw refusal;
            }
            attempt.markSucceeded();
        } finally {
            room.release();
        }
    }

    private static AccessException createBusyException() {
        return new AccessException(Reason.TOO_MANY_ATTEMPTS, "Too many passwords are being checked. Try again in a moment.", Duration.ofSeconds(2));
    }

    private static boolean isRight(SecretCheck check, LoginAttempts.Guess attempt) throws AccessException {
        try {
            return check.isRight();
        } catch (AccessException | RuntimeException | Error e) {
            attempt.cancelAttempt();
            throw e;
        }
    }

    private void recordProof(LiveSession session, String address, String by) {
        sessions.recordProof(session);
        LOG.info("{} proved their identity again, from {}", session.user(), address);
        audit.record("proof", session.user(), address, Map.of("session", session.id(), "by", by));
    }

    private BoundAuthenticator findSource(LiveSession session) throws AccessException {
        return authenticators.findByName(session.authenticator()).orElseThrow(IdentityCheck::unavailable);
    }

    /** Only the authenticator of the session is asked: another one may have a user of the same name. */
    private boolean isPasswordRight(BoundAuthenticator source, LiveSession session, char[] password) throws AccessException {
        if (!(source.service() instanceof PasswordAuthenticator)) {
            throw new AccessException(Reason.INVALID, "Your account has no password on this device. Confirm your identity in the way in which you logged in.");
        }
        Answer answer = authenticators.authenticate(source, session.user(), password);
        if (answer instanceof Answer.Unavailable) {
            throw unavailable();
        }
        Optional<Identity> user = answer instanceof Answer.Known known ? Optional.of(known.identity()) : Optional.empty();
        return user.filter(session::belongsTo).isPresent();
    }

    private boolean isCodeRight(BoundAuthenticator source, LiveSession session, String code) throws AccessException {
        if (!hasSecondFactor(session)) {
            throw new AccessException(Reason.INVALID, "You have no second factor. Give your password.");
        }
        return source.service().useCode(session.user(), code);
    }

    private void recordFailure(LiveSession session, String address) {
        LOG.warn("A proof of identity from {} failed", address);
        audit.record("proof.failed", session.user(), address, Map.of("session", session.id()));
        if (session.countFailedProof() >= MAX_FAILURES) {
            LOG.warn("The session of {} ends: {} wrong passwords or codes", session.user(), MAX_FAILURES);
            sessions.endSession(session);
            audit.record("session.ended", session.user(), address, Map.of("session", session.id(), "name", session.user(), "reason", "wrong proofs"));
        }
    }

    private static AccessException unavailable() {
        return new AccessException(Reason.UNAVAILABLE, "Your account cannot be checked right now. The log of this device has the reason.");
    }
}
