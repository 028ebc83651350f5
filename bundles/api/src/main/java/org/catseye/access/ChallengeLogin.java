package org.catseye.access;

import java.net.URI;
import java.util.List;
import org.catseye.access.AccessControl.Login;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Logs users in without a password, in two steps: a challenge and the response to it. Thread-safe. Both steps may block while an
 * authenticator responds.
 */
@ProviderType
public interface ChallengeLogin {

    /** The short names of the available authenticators, ordered by service ranking with the highest first. */
    List<String> listMethods();

    /**
     * Starts a login.
     *
     * @param method one of {@link #listMethods}
     * @param returnAddress the URL that a redirect returns to
     * @param origin the caller's address, for rate limits
     * @throws AccessException with NOT_FOUND for an unknown method, NOT_CLAIMED, TOO_MANY_ATTEMPTS or UNAVAILABLE
     */
    Started beginLogin(String method, URI returnAddress, String origin) throws AccessException;

    /**
     * Completes a login that was started at most ten minutes ago. Each id works once. No second-factor code is requested, because
     * the response is a complete proof of identity.
     *
     * @param id the id from {@link Started#id}
     * @param response what the browser sent back
     * @param origin the caller's address, for rate limits
     * @throws AccessException with BAD_CREDENTIALS (also for an unknown, used or expired id), TOO_MANY_ATTEMPTS or UNAVAILABLE
     */
    Login completeLogin(String id, LoginResponse response, String origin) throws AccessException;

    /**
     * Confirms the identity of a user who is already logged in, by completing a login that was started with the method of this
     * session. It has the same effect as {@link AccessControl#proveAgain}, which users without a password can't call, and the same
     * limits.
     *
     * @param by the logged-in caller
     * @param id the id from {@link Started#id}
     * @param response what the browser sent back
     * @throws AccessException with FORBIDDEN (the session is not a login), BAD_CREDENTIALS (also for another user or method, and
     *     for an unknown, used or expired id), TOO_MANY_ATTEMPTS or UNAVAILABLE
     */
    void proveAgain(Caller by, String id, LoginResponse response) throws AccessException;

    /**
     * A login that is waiting for its response.
     *
     * @param id a secret. Keep it in the browser that started the login, so that no other site can complete the login there
     * @param challenge the challenge for the browser
     */
    record Started(String id, Challenge challenge) {
        /** Omits the id so that it is never logged. */
        @Override
        public String toString() {
            return "Started[]";
        }
    }
}
