package org.catseye.access.spi;

import org.catseye.access.AccessException;
import org.catseye.access.Challenge;
import org.catseye.access.LoginResponse;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An authenticator whose users prove their identity by completing a {@link Challenge}: a redirect to another login page and back
 * (OpenID Connect), or a signature from a user's device (passkeys).
 *
 * <p>Access control creates one context per login, passes it to {@link #beginLogin}, and later passes the same context to
 * {@link #completeLogin} at most once. It stores the contexts, limits their number and expires them after ten minutes. An
 * implementation stores no state about a login. A user who is logged in and confirms their identity again completes a challenge in the
 * same way.
 */
@ConsumerType
public interface ChallengeAuthenticator extends Authenticator {

    /**
     * Starts a login. May block for up to {@value Authenticator#PATIENCE_SECONDS} s.
     *
     * @param context the new login
     * @throws AccessException with UNAVAILABLE if logins are currently impossible
     */
    Challenge beginLogin(LoginContext context) throws AccessException;

    /**
     * Checks the response. It must belong to this context: a response to another login is {@link Answer.Refused}. May block for
     * up to {@value Authenticator#PATIENCE_SECONDS} s.
     *
     * @param context the login that {@link #beginLogin} started
     * @param response what the browser sent back
     * @return {@link Answer.Known}, {@link Answer.Refused} or {@link Answer.Unavailable}
     * @throws AccessException with TOO_MANY_ATTEMPTS if the load is too high to check the response
     */
    Answer completeLogin(LoginContext context, LoginResponse response) throws AccessException;
}
