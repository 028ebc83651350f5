package org.catseye.access;

import java.net.URI;
import java.util.List;
import org.catseye.access.AccessControl.Login;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Logins with another proof than a password, in two steps: a challenge and its response. Thread-safe; both steps may block while an authenticator is
 * asked.
 */
@ProviderType
public interface ChallengeLogin {

    /** The short names of the authenticators that offer this, the one with the highest service ranking first. */
    List<String> listMethods();

    /**
     * Starts a login.
     *
     * @param method one of {@link #listMethods}
     * @param returnAddress where a redirect returns to
     * @param origin the caller's address, for rate limits
     * @throws AccessException NOT_FOUND for an unknown method, NOT_CLAIMED, TOO_MANY_ATTEMPTS or UNAVAILABLE
     */
    Started beginLogin(String method, URI returnAddress, String origin) throws AccessException;

    /**
     * Ends a login that was started at most ten minutes ago. Each id works once.
     * The proof is complete: no code of a second factor is asked for.
     *
     * @throws AccessException BAD_CREDENTIALS (also for an unknown, used or expired id), TOO_MANY_ATTEMPTS or UNAVAILABLE
     */
    Login completeLogin(String id, LoginResponse response, String origin) throws AccessException;

    /**
     * A login that waits for its response.
     *
     * @param id secret: keep it in the browser that began the login, so that no other site can complete it there
     */
    record Started(String id, Challenge challenge) {
        /** Without the id, so that it reaches no log. */
        @Override
        public String toString() {
            return "Started[]";
        }
    }
}
