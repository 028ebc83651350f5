package org.catseye.access;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Access control. Thread-safe. {@link #session} and {@link #hasPermission} are fast; {@link #claim} and {@link #login} take
 * about 0.1 s on purpose (a slow password hash) and may wait for others that do the same.
 *
 * <p>While the users can't be read, all are refused: {@link #claimed} is true, and methods that throw throw UNAVAILABLE.
 *
 * <p>Secrets are passed as {@code char[]} or opaque text. They are not kept and appear in no message.
 */
@ProviderType
public interface AccessControl {

    /** Whether the device has an owner. Before that nothing but {@link #claim} is possible. */
    boolean claimed();

    /**
     * Creates the first user, {@code admin}, of a new device.
     *
     * @param token the one-time token that was printed at start
     * @param origin the caller's address, for rate limits
     * @throws AccessException with ALREADY_CLAIMED, BAD_CREDENTIALS (wrong token), WEAK_PASSWORD, TOO_MANY_ATTEMPTS or UNAVAILABLE
     */
    Login claim(String token, char[] password, String origin) throws AccessException;

    /**
     * @param oneTimePassword the second factor, empty if none was given
     * @param origin the caller's address, for rate limits
     * @throws AccessException with NOT_CLAIMED, BAD_CREDENTIALS, TOO_MANY_ATTEMPTS or UNAVAILABLE
     */
    Login login(String user, char[] password, String oneTimePassword, String origin) throws AccessException;

    /** The valid session of the token in a cookie or header. Compares in constant time; any text is allowed. */
    Optional<Session> session(String token);

    /**
     * Ends a session; its {@link Session#onEnd} actions run.
     *
     * @return false if this could not be stored, because the disk is full: the session is over, but its token may work again after a restart
     */
    boolean logout(Session session);

    /** Whether {@code session} is valid and has this permission for the target. Reads one snapshot: no lock and no allocation. */
    boolean hasPermission(Session session, Permission permission, String targetId);

    /**
     * Whether a change that gives power (users, rights, credentials, bundles, configuration) may go on with this session: its user logged in or
     * called {@link #proveAgain} less than the configured time ago. Always true for a valid API token, because a program has no proof to give. Fast.
     */
    boolean recentlyProved(Session session);

    /** Whether the user of this session can prove who they are with a code instead of the password. Fast. */
    boolean hasSecondFactor(Session session);

    /**
     * The user of a login proves again who they are, with the password or with a code of their second factor. Guesses are slowed down and
     * recorded like those at a login; many wrong ones end the session. Takes about 0.1 s on purpose, as {@link #login} does.
     *
     * @param password empty if there is a code
     * @param oneTimePassword empty if there is a password
     * @throws AccessException with FORBIDDEN (not a login), INVALID (not exactly one of the two, or no second factor), BAD_CREDENTIALS,
     *         TOO_MANY_ATTEMPTS or UNAVAILABLE
     */
    void proveAgain(Caller by, char[] password, String oneTimePassword) throws AccessException;

    /**
     * A new session with the token that opens it.
     *
     * @param token secret, returned only here; only its hash is kept
     */
    record Login(Session session, String token) {
        /** Without the token, so that it reaches no log. */
        @Override
        public String toString() {
            return "Login[" + session.user() + "]";
        }
    }
}
