package org.catseye.access;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Authenticates users, keeps their sessions and checks permissions. Thread-safe.
 *
 * <p>{@link #session}, {@link #hasPermission}, {@link #recentlyProved} and {@link #hasSecondFactor} are fast. {@link #claim},
 * {@link #login} and {@link #proveAgain} take about 0.1 s on purpose, because the password hash is slow, and may block while
 * other callers do the same.
 *
 * <p>While the users can't be read, every request is refused: {@link #claimed} returns true, and methods that declare
 * {@link AccessException} throw UNAVAILABLE.
 *
 * <p>Secrets are passed as {@code char[]} or as opaque text. They are not kept and do not appear in messages.
 */
@ProviderType
public interface AccessControl {

    /** How long a token from {@link #issueDeviceToken} is valid. */
    Duration DEVICE_TOKEN_LIFETIME = Duration.ofDays(365);

    /** Whether the device has an owner. Until then, only {@link #claim} works. */
    boolean claimed();

    /**
     * Creates the first user of a new device, named {@code admin}, and logs this user in.
     *
     * @param token the one-time token that was printed when the device started
     * @param password the new user's password
     * @param origin the caller's address, for rate limits
     * @throws AccessException with ALREADY_CLAIMED, BAD_CREDENTIALS (wrong token), WEAK_PASSWORD, TOO_MANY_ATTEMPTS,
     *     NOT_STORED or UNAVAILABLE
     */
    Login claim(String token, char[] password, String origin) throws AccessException;

    /**
     * Logs a user in with a password and, if the account requires one, a second-factor code.
     *
     * @param user the user name as typed
     * @param password the user's password
     * @param oneTimePassword the second-factor code; empty if none was given
     * @param origin the caller's address, for rate limits
     * @throws AccessException with NOT_CLAIMED, BAD_CREDENTIALS, OTP_REQUIRED, TOO_MANY_ATTEMPTS or UNAVAILABLE
     */
    Login login(String user, char[] password, String oneTimePassword, String origin) throws AccessException;

    /**
     * As the other one, for a browser that may have been used for a login before. Guesses from elsewhere, even from the same address, don't
     * slow down a user at a browser that is known.
     *
     * @param device what the browser got from {@link #issueDeviceToken}; any text is allowed
     */
    default Login login(String user, char[] password, String oneTimePassword, String origin, String device) throws AccessException {
        return login(user, password, oneTimePassword, origin);
    }

    /**
     * A token by which the browser of a user is recognised at the next login. It is signed, valid for {@link #DEVICE_TOKEN_LIFETIME}, and gives
     * no access.
     *
     * @return empty if browsers are not remembered
     */
    default String issueDeviceToken(Session session) {
        return "";
    }

    /** Whether this is a valid token from {@link #issueDeviceToken}, of any user. Fast. */
    default boolean isKnownDevice(String device) {
        return false;
    }

    /**
     * Whether a user has logged in from this address before, or from its network if it is an IPv6 address. Only the latest addresses are
     * remembered. Fast.
     */
    boolean isKnownAddress(String address);

    /**
     * Finds the valid session that belongs to a token. Compares in constant time.
     *
     * @param token the token from a cookie or header; any text is allowed
     * @return empty if no valid session has this token
     */
    Optional<Session> session(String token);

    /**
     * Ends a session and runs its {@link Session#onEnd} actions.
     *
     * @return false if this could not be stored, because the disk is full: the session is over, but its token may work again after a restart
     */
    boolean logout(Session session);

    /**
     * Whether {@code session} is valid and has this permission for the target. Reads one snapshot, without locking or allocating.
     */
    boolean hasPermission(Session session, Permission permission, String targetId);

    /**
     * Whether this session may make security-sensitive changes (users, rights, credentials, bundles, configuration). True if the
     * user logged in or called {@link #proveAgain} less than the configured time ago. Always true for a valid API token, because
     * a program cannot enter a password or code. Fast.
     */
    boolean recentlyProved(Session session);

    /** Whether the session's user can confirm their identity with a second-factor code instead of the password. Fast. */
    boolean hasSecondFactor(Session session);

    /**
     * Confirms the identity of a user who is already logged in, with the password or a second-factor code. Wrong attempts are
     * slowed down and recorded as they are at login; many wrong attempts end the session. Takes about 0.1 s on purpose, like
     * {@link #login}.
     *
     * @param by the logged-in caller
     * @param password the password; empty if a code is given
     * @param oneTimePassword the code; empty if a password is given
     * @throws AccessException with FORBIDDEN (the session is not a login), INVALID (not exactly one of the two was given, or the
     *     user has no second factor, or no password: see {@link ChallengeLogin#proveAgain}), BAD_CREDENTIALS, TOO_MANY_ATTEMPTS or UNAVAILABLE
     */
    void proveAgain(Caller by, char[] password, String oneTimePassword) throws AccessException;

    /**
     * A new session and the token that gives access to it.
     *
     * @param session the new session
     * @param token a secret that is returned only here; only its hash is stored
     */
    record Login(Session session, String token) {
        /** Omits the token so that it is never logged. */
        @Override
        public String toString() {
            return "Login[" + session.user() + "]";
        }
    }
}
