package org.catseye.access.spi;

import org.catseye.access.AccessException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Authenticates users. Implement {@link PasswordAuthenticator}, {@link ChallengeAuthenticator} or both, depending on the kind of
 * proof, and register the service as {@code Authenticator}. Methods are called on threads of access control, possibly several at
 * a time. A call may block but must return within {@value #PATIENCE_SECONDS} s; after that, access control continues without it.
 *
 * <p>A user name belongs to the first authenticator that has a user with that name. After {@link Answer.Refused}, no other
 * authenticator is called. This keeps a mistyped password from reaching other systems, and prevents an authenticator from taking
 * over another's user names.
 *
 * <p>When the service is unregistered, its last answers remain in effect for a limited time. After that, sessions of its users
 * are suspended until the service returns.
 */
@ConsumerType
public interface Authenticator {

    /** Mandatory service property: a short name such as {@code file} or {@code ldap}, which is stored with each session. */
    String NAME = "catseye.authenticator";

    /** How long access control waits for a call, in seconds. */
    int PATIENCE_SECONDS = 10;

    /**
     * Whether a user who logged in earlier may continue, and with which rights. May block. Called about once a minute for users
     * with a session.
     *
     * @param user as in {@link Identity#user}
     * @return {@link Answer.Known}, or {@link Answer.NotMine} if the user no longer exists
     */
    Answer check(String user);

    /**
     * Checks a second-factor code of a user with {@link Identity#secondFactor}, and marks it as used so that it can't be used
     * again. Access control limits the number of attempts, as it does for passwords.
     *
     * @param user as in {@link Identity#user}
     * @param code the code as typed
     * @return whether the code is correct
     * @throws AccessException with UNAVAILABLE if the use of the code can't be saved
     */
    default boolean useCode(String user, String code) throws AccessException {
        return false;
    }
}
