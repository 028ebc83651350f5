package org.catseye.access.spi;

import org.catseye.access.AccessException;
import org.osgi.annotation.versioning.ConsumerType;

/** An authenticator whose users prove their identity with a password: the users of this device, a directory. */
@ConsumerType
public interface PasswordAuthenticator extends Authenticator {

    /**
     * Whether this is the password of this user. The cost must not reveal whether there is such a user, as far as possible. The caller wipes the
     * password; it is not kept and appears in no message.
     *
     * @param user as it was typed
     * @throws AccessException TOO_MANY_ATTEMPTS if there is too much load to check it
     */
    Answer authenticate(String user, char[] password) throws AccessException;
}
