package org.catseye.access.spi;

import org.catseye.access.AccessException;
import org.catseye.access.Challenge;
import org.catseye.access.LoginResponse;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An authenticator whose users prove their identity by answering a {@link Challenge}: a redirect to another login page and back (OpenID Connect),
 * or a signature by a device of the user (passkeys). Access control gives each login one context, calls {@link #beginLogin} and later, at most
 * once, {@link #completeLogin} with the same context. It keeps the contexts, bounds their number and lets them expire after ten minutes. An
 * implementation keeps no login of its own.
 */
@ConsumerType
public interface ChallengeAuthenticator extends Authenticator {

    /**
     * Starts a login. May block, for no longer than {@value Authenticator#PATIENCE_SECONDS} s.
     *
     * @throws AccessException UNAVAILABLE if there can be no login currently
     */
    Challenge beginLogin(LoginContext context) throws AccessException;

    /**
     * Checks the response. It must belong to this context: a response to another login is {@link Answer.Refused}.
     *
     * @return {@link Answer.Known}, {@link Answer.Refused} or {@link Answer.Unavailable}
     * @throws AccessException TOO_MANY_ATTEMPTS if there is too much load to check it
     */
    Answer completeLogin(LoginContext context, LoginResponse response) throws AccessException;
}
