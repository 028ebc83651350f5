package org.catseye.access.spi;

import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.Session;
import org.osgi.annotation.versioning.ProviderType;

/** What access control does for those who keep users and change them. Thread-safe. */
@ProviderType
public interface SessionKeeper {

    /** The name of the authenticator that vouches for a session; empty if the session is none of ours. */
    String authenticator(Session session);

    /** Whether a person, not a program with a token, is logged in with it as this user of this authenticator. */
    boolean inPerson(Session session, String authenticator, String user);

    /**
     * One guess at a secret of a user, such as the old password when he wants a new one. Counts as failed until it is told otherwise.
     *
     * @param address where from
     * @throws AccessException TOO_MANY_ATTEMPTS
     */
    Attempt attempt(String user, String address) throws AccessException;

    /** A new login for somebody who has proven who he is otherwise than by a login. */
    Login open(String authenticator, Identity identity, String address);

    /**
     * Password, rights or existence of a user have changed: his logins end; his API tokens end if they are void, and otherwise what is open with
     * them does. All sockets are closed when this returns.
     */
    void userChanged(String authenticator, String user);

    /** What a role allows has changed: what is open by it, of other authenticators' users too, closes and may be opened again. */
    void roleChanged(String role);

    /** A guess under way. What is told first counts. */
    interface Attempt {
        /** It was right. */
        void succeeded();

        /** It was neither right nor wrong, because nobody looked. */
        void cancelled();
    }
}
