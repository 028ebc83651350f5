package org.catseye.access.spi;

import org.catseye.access.AccessException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows users and their passwords. Called on threads of access control, several at a time; each call may block, and must come to an end
 * within {@value #PATIENCE_SECONDS} s, after which access control goes on without it. Passwords are not kept, not changed and appear
 * in no message; whoever calls wipes them.
 *
 * <p>A name belongs to the first authenticator that knows it: after {@link Answer.Refused} nobody else is asked, so that a password that was
 * mistyped here is not shown elsewhere, and nobody takes another's name.
 *
 * <p>When the service goes, what it has vouched for stays good for a bounded time, and then sleeps until it is back.
 */
@ConsumerType
public interface Authenticator {

    /** Service property, mandatory: a short name that stays with the sessions, such as {@code file} or {@code ldap}. */
    String NAME = "catseye.authenticator";

    int PATIENCE_SECONDS = 10;

    /**
     * Whether this is the password of this user. What it costs must not tell whether there is such a user, as far as that can be done.
     *
     * @param user as it was typed
     * @throws AccessException TOO_MANY_ATTEMPTS if it is too busy to look
     */
    Answer authenticate(String user, char[] password) throws AccessException;

    /**
     * Whether a user who was let in earlier may go on, and what he may do now: {@link Answer.Known}, or {@link Answer.NotMine} if he is no user any
     * more. Asked about every minute for those who are logged in.
     *
     * @param user as {@link Identity#user} had it
     */
    Answer check(String user);

    /**
     * Takes the code of a user whose {@link Identity#secondFactor} is set: it is void from then on. Codes are guessed at as passwords are, and
     * are slowed down by access control alike.
     *
     * @return whether it is right
     * @throws AccessException UNAVAILABLE if it cannot be noted that it was used
     */
    default boolean useCode(String user, String code) throws AccessException {
        return false;
    }
}
