package org.catseye.access.spi;

import org.catseye.access.AccessException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Authenticates users. Implement {@link PasswordAuthenticator} or {@link ChallengeAuthenticator}, according to the kind of proof, or both, and
 * register the service as {@code Authenticator}. Called on threads of access control, several at a time. Each call may block, and must end within
 * {@value #PATIENCE_SECONDS} s, after which access control continues without it.
 *
 * <p>A user name belongs to the first authenticator that has it: after {@link Answer.Refused} no other is asked, so that a password that was
 * mistyped here is not shown elsewhere, and no authenticator takes over the name of a user of another.
 *
 * <p>When the service is removed, its last answers apply for a bounded time. Then its sessions are suspended until it is back.
 */
@ConsumerType
public interface Authenticator {

    /** Service property, mandatory: a short name that stays with the sessions, such as {@code file} or {@code ldap}. */
    String NAME = "catseye.authenticator";

    int PATIENCE_SECONDS = 10;

    /**
     * Whether a user who logged in earlier may continue, and with which rights: {@link Answer.Known}, or {@link Answer.NotMine} if the user no
     * longer exists. Called about every minute for users with a session.
     *
     * @param user as in {@link Identity#user}
     */
    Answer check(String user);

    /**
     * Uses up the code of a user with {@link Identity#secondFactor}: it is void from then on. Access control limits guessing, as for passwords.
     *
     * @return whether it is right
     * @throws AccessException UNAVAILABLE if its use can't be recorded
     */
    default boolean useCode(String user, String code) throws AccessException {
        return false;
    }
}
