package org.catseye.core.access;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Audit;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Identity;
import org.catseye.core.access.Authenticators.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks users who are logged in to prove again who they are, with the same brake on guessing and the same record as a login. A code alone is
 * enough here, so guessing must have an end: too many wrong ones end the session. Thread-safe.
 */
final class Proofs {

    /** Wrong passwords and codes after which a session ends. */
    static final int MAX_FAILURES = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Proofs.class);
    /** Each holds a thread of the web server. */
    private static final int MAX_AT_ONCE = 4;

    private final Authenticators authenticators;
    private final Standing standing;
    private final Sessions sessions;
    private final Attempts attempts;
    private final Audit audit;
    private final Semaphore room = new Semaphore(MAX_AT_ONCE);

    Proofs(Authenticators authenticators, Standing standing, Sessions sessions, Attempts attempts, Audit audit) {
        this.authenticators = authenticators;
        this.standing = standing;
        this.sessions = sessions;
        this.attempts = attempts;
        this.audit = audit;
    }

    boolean hasSecondFactor(LiveSession session) {
        return !session.isToken() && standing.of(session).filter(Identity::secondFactor).isPresent();
    }

    void proveAgain(LiveSession session, char[] password, String code, String address) throws AccessException {
        if (password.length == 0 == code.isBlank()) {
            throw new AccessException(Reason.INVALID, "Give either the password or a code of the second factor.");
        }
        if (!room.tryAcquire()) {
            throw new AccessException(Reason.TOO_MANY_ATTEMPTS, "Too many passwords are being checked. Try again in a moment.", Duration.ofSeconds(2));
        }
        try {
            check(session, password, code, address);
        } finally {
            room.release();
        }
        sessions.proved(session);
        LOG.info("{} proved again who they are, from {}", session.user(), address);
        audit.record("proof", session.user(), address, Map.of("session", session.id(), "by", code.isBlank() ? "password" : "code"));
    }

    private void check(LiveSession session, char[] password, String code, String address) throws AccessException {
        Attempts.Guess attempt = attempts.begin(session.user(), address);
        boolean right;
        try {
            Source source = authenticators.named(session.authenticator()).orElseThrow(Proofs::unavailable);
            right = code.isBlank() ? passwordIsRight(source, session, password) : codeIsRight(source, session, code);
        } catch (AccessException e) {
            attempt.cancelled();
            throw e;
        }
        if (!right) {
            fail(session, address);
            throw new AccessException(Reason.BAD_CREDENTIALS,
                    code.isBlank() ? "The password is wrong." : "The code is wrong, or was used already. Wait for the next one.");
        }
        attempt.succeeded();
    }

    /** Only the authenticator of the session is asked: another one may have a user of the same name. */
    private boolean passwordIsRight(Source source, LiveSession session, char[] password) throws AccessException {
        Answer answer = authenticators.authenticate(source, session.user(), password);
        if (answer instanceof Answer.Unavailable) {
            throw unavailable();
        }
        Optional<Identity> user = answer instanceof Answer.Known known ? Optional.of(known.identity()) : Optional.empty();
        return user.filter(session::belongsTo).isPresent();
    }

    private boolean codeIsRight(Source source, LiveSession session, String code) throws AccessException {
        if (!hasSecondFactor(session)) {
            throw new AccessException(Reason.INVALID, "You have no second factor. Give your password.");
        }
        return source.service().useCode(session.user(), code);
    }

    private void fail(LiveSession session, String address) {
        LOG.warn("A proof of identity from {} failed", address);
        audit.record("proof.failed", session.user(), address, Map.of("session", session.id()));
        if (session.proofFailed() >= MAX_FAILURES) {
            LOG.warn("The session of {} ends: {} wrong passwords or codes", session.user(), MAX_FAILURES);
            sessions.end(session);
            audit.record("session.ended", session.user(), address, Map.of("session", session.id(), "name", session.user(), "reason", "wrong proofs"));
        }
    }

    private static AccessException unavailable() {
        return new AccessException(Reason.UNAVAILABLE, "Your account cannot be checked right now. The log of this device says why.");
    }
}
