package org.catseye.core.access.login;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Audit;
import org.catseye.access.spi.Identity;
import org.catseye.core.access.authenticator.Authenticators;
import org.catseye.core.access.authenticator.BoundAuthenticator;
import org.catseye.core.access.authenticator.LoginAnswer;
import org.catseye.core.access.authenticator.UserStatus;
import org.catseye.core.access.session.LiveSession;
import org.catseye.core.access.session.SessionRegistry;
import org.catseye.core.access.users.LocalUsers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a login: limit on guessing, authenticators, second factor, session, audit. Also the claim of a new device. Thread-safe. */
public final class LoginProcess {

    private static final Logger LOG = LoggerFactory.getLogger(LoginProcess.class);
    /** Each holds a thread of the web server, which has other work. */
    private static final int MAX_LOGINS = 12;

    private final Authenticators authenticators;
    private final UserStatus status;
    private final SessionRegistry sessions;
    private final LoginAttempts attempts;
    private final KnownDevices devices;
    private final RefusalDelay refusalDelay;
    private final LongSupplier nanos;
    private final Audit audit;
    private final Semaphore room = new Semaphore(MAX_LOGINS);

    public LoginProcess(Authenticators authenticators, UserStatus status, SessionRegistry sessions, LoginAttempts attempts, KnownDevices devices,
            RefusalDelay refusalDelay, LongSupplier nanos, Audit audit) {
        this.authenticators = authenticators;
        this.status = status;
        this.sessions = sessions;
        this.attempts = attempts;
        this.devices = devices;
        this.refusalDelay = refusalDelay;
        this.nanos = nanos;
        this.audit = audit;
    }

    public Login claimDevice(String token, char[] password, String origin) throws AccessException {
        LocalUsers users = authenticators.findLocalUsers()
                .orElseThrow(() -> new AccessException(Reason.UNAVAILABLE, "The users of this device are currently unavailable."));
        boolean right = users.isClaimToken(token);
        if (users.isClaimed()) {
            throw new AccessException(Reason.ALREADY_CLAIMED, "This device has an owner already. Log in instead.");
        }
        LoginAttempts.Guess attempt = attempts.beginAttempt("", origin);
        if (!right) {
            LOG.warn("A claim of this device from {} failed", origin);
            audit.record("login.failed", "", origin, Map.of("at", "setup token"));
            throw new AccessException(Reason.BAD_CREDENTIALS, "This is not the token that was printed to the log at the start.");
        }
        attempt.cancelAttempt();
        Identity owner = users.claimDevice(password);
        Login login = openSession(LocalUsers.AUTHENTICATOR, owner, origin);
        LOG.info("Claimed from {}: the user is {}", origin, owner.user());
        audit.record("claim", owner.user(), origin, Map.of());
        return login;
    }

    /**
     * A login for a user who has been confirmed; it has the rights of the user if that is still so.
     *
     * @throws AccessException UNAVAILABLE if access control was stopped meanwhile: the session would be lost
     */
    public Login openSession(String authenticator, Identity identity, String origin) throws AccessException {
        status.recordIdentity(authenticator, identity);
        Login login = sessions.openLogin(authenticator, identity, origin);
        if (!login.session().valid()) {
            throw new AccessException(Reason.UNAVAILABLE, "Access control of this device is restarting. Log in again in a moment.");
        }
        status.refreshSession((LiveSession) login.session());
        return login;
    }

    /** @param device token of a known browser; any text is allowed */
    public Login logIn(String user, char[] password, String code, String origin, String device) throws AccessException {
        if (!room.tryAcquire()) {
            throw new AccessException(Reason.TOO_MANY_ATTEMPTS, "Many users are logging in right now. Try again in a moment.", Duration.ofSeconds(2));
        }
        try {
            return logIn(user, password, code, origin, attempts.beginAttempt(user, origin, devices.findDevice(device)));
        } finally {
            room.release();
        }
    }

    private Login logIn(String user, char[] password, String code, String origin, LoginAttempts.Guess attempt) throws AccessException {
        long startNanos = nanos.getAsLong();
        LoginAnswer answer = authenticate(user, password, attempt);
        if (answer.known().isEmpty()) {
            if (answer.unavailable()) {
                attempt.cancelAttempt();
            }
            throw createRefusal(answer, user, origin, startNanos);
        }
        BoundAuthenticator authenticator = answer.authenticator().orElseThrow();
        Identity identity = answer.known().get().identity();
        requireSecondFactor(authenticator, identity, code, attempt, origin);
        attempt.markSucceeded();
        return openConfirmed(authenticator, identity, origin);
    }

    /** Opens the session of a user whose proof was accepted, and records the login. */
    Login openConfirmed(BoundAuthenticator authenticator, Identity identity, String origin) throws AccessException {
        Login login = openSession(authenticator.name(), identity, origin);
        LiveSession session = (LiveSession) login.session();
        if (!status.refreshSession(session)) {
            sessions.endSession(session);
            throw new AccessException(Reason.BAD_CREDENTIALS, "The password or the rights have just changed. Log in again.");
        }
        recordLogin(authenticator, session, origin);
        return login;
    }

    private void recordLogin(BoundAuthenticator authenticator, LiveSession session, String origin) {
        LOG.info("{} logged in from {}", session.user(), origin);
        Map<String, String> details = new LinkedHashMap<>(Map.of("session", session.id()));
        if (!authenticator.isLocal()) {
            details.put("authenticator", authenticator.name());
        }
        audit.record("login", session.user(), origin, details);
    }

    private LoginAnswer authenticate(String user, char[] password, LoginAttempts.Guess attempt) throws AccessException {
        try {
            return authenticators.authenticate(user, password);
        } catch (AccessException | RuntimeException | Error e) {
            // The password was not checked, so this must not count as a wrong guess.
            attempt.cancelAttempt();
            throw e;
        }
    }

    /** With the same message and after the same time for all users. */
    private AccessException createRefusal(LoginAnswer answer, String user, String origin, long startNanos) {
        LOG.warn("A login from {} failed", origin);
        // An unknown user name may be a password in the wrong field.
        audit.record("login.failed", answer.authenticator().isPresent() ? user : "", origin, Map.of());
        if (authenticators.listAuthenticators().size() > 1) {
            refusalDelay.awaitEnd(startNanos);
        }
        if (answer.unavailable()) {
            return new AccessException(Reason.UNAVAILABLE, "No user can log in currently. The log of this device has the reason and the remedy.");
        }
        return new AccessException(Reason.BAD_CREDENTIALS, authenticators.isAnyUnavailable()
                ? "User name or password is wrong; or the account is in a directory that does not answer currently." : "User name or password is wrong.");
    }

    private void requireSecondFactor(BoundAuthenticator authenticator, Identity identity, String code, LoginAttempts.Guess attempt, String origin)
            throws AccessException {
        if (!identity.secondFactor()) {
            return;
        }
        if (code.isBlank()) {
            attempt.cancelAttempt();
            throw new AccessException(Reason.OTP_REQUIRED, "This user also needs the code that the app shows, or a recovery code.");
        }
        if (!authenticator.service().useCode(identity.user(), code)) {
            LOG.warn("A login from {} failed at the second factor", origin);
            audit.record("login.failed", identity.user(), origin, Map.of("at", "second factor"));
            throw new AccessException(Reason.BAD_CREDENTIALS, "The code is wrong, or was used already. Wait for the next one.");
        }
    }
}
