package org.catseye.access.spi;

import org.catseye.access.AccessException;
import org.osgi.annotation.versioning.ConsumerType;

/** An authenticator whose users prove their identity with a password, for example the users of this device or of a directory. */
@ConsumerType
public interface PasswordAuthenticator extends Authenticator {

    /**
     * Checks a user's password. As far as possible, the time it takes must not reveal whether the user exists. The caller wipes
     * the password afterwards; an implementation must not keep it or put it in a message. May block.
     *
     * @param user the user name as typed
     * @param password the password as typed
     * @throws AccessException with TOO_MANY_ATTEMPTS if the load is too high to check the password
     */
    Answer authenticate(String user, char[] password) throws AccessException;
}
