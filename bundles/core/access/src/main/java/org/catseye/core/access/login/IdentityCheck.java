package org.catseye.core.access.login;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Audit;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Identity;
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

    public IdentityCheck(Authenticators authenticators, UserStatus status, SessionRegistry sessions, LoginAttempts attempts, Audit audit) {
        this.authenticators = authenticators;
        this.status = status;
        this.sessions = sessions;
        this.attempts = attempts;
        this.audit = audit;
    }

    public boolean hasSecondFactor(LiveSession session) {
        return !session.isToken() && status.findIdentity(session).filter(Identity::secondFactor).isPresent();
    }

    public void proveAgain(LiveSession session, char[] password, String code, String address) throws AccessException {
        if (password.length == 0 == code.isBlank()) {
            throw new AccessException(Reason.INVALID, "Give either the password or a code of the second factor.");
        }
        if (!room.tryAcquire()) {
            throw new AccessException(Reason.TOO_MANY_ATTEMPTS, "Too many passwords are being checked. Try again in a moment.", Duration.ofSeconds(2));
        }
        try {
            checkProof(session, password, code, address);
        } finally {
            room.release();
        }
        sessions.recordProof(session);
        LOG.info("{} proved their identity again, from {}", session.user(), address);
        audit.record("proof", session.user(), address, Map.of("session", session.id(), "by", code.isBlank() ? "password" : "code"));
    }

    private void checkProof(LiveSession session, char[] password, String code, String address) throws AccessException {
        LoginAttempts.Guess attempt = attempts.beginAttempt(session.user(), address);
        boolean right;
        try {
            BoundAuthenticator source = authenticators.findByName(session.authenticator()).orElseThrow(IdentityCheck::unavailable);
            right = code.isBlank() ? isPasswordRight(source, session, password) : isCodeRight(source, session, code);
        } catch (AccessException e) {
            attempt.cancelAttempt();
            throw e;
        }
        if (!right) {
            recordFailure(session, address);
            throw new AccessException(Reason.BAD_CREDENTIALS,
                    code.isBlank() ? "The password is wrong." : "The code is wrong, or was used already. Wait for the next one.");
        }
        attempt.markSucceeded();
    }

    /** Only the authenticator of the session is asked: another one may have a user of the same name. */
    private boolean isPasswordRight(BoundAuthenticator source, LiveSession session, char[] password) throws AccessException {
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
