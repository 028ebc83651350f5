package org.catseye.access;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The code that a login asks for beside the password: time-based one-time passwords (RFC 6238: SHA-1, six digits, thirty seconds), and
 * recovery codes for a lost phone. Each user decides for himself; the person, not a token, has to be logged in. Thread-safe; what takes
 * a password computes some 0.1 s on purpose.
 */
@ProviderType
public interface SecondFactors {

    /**
     * Makes a secret for the caller's app. It counts once {@link #confirm} has seen a code of it; until then, ten minutes at most,
     * nothing changes.
     *
     * @throws AccessException FORBIDDEN, BAD_CREDENTIALS (password), CONFLICT if there is a second factor already, TOO_MANY_ATTEMPTS
     */
    Enrolment begin(Caller by, char[] password) throws AccessException;

    /**
     * Switches it on.
     *
     * @param code what the app shows
     * @return recovery codes, each good for one login, given out this once
     * @throws AccessException INVALID if the code is wrong or nothing was begun, TOO_MANY_ATTEMPTS, UNAVAILABLE
     */
    List<String> confirm(Caller by, String code) throws AccessException;

    /**
     * Switches it off: one's own with the password, with ADMIN somebody else's without.
     *
     * @throws AccessException FORBIDDEN, BAD_CREDENTIALS, NOT_FOUND if there is none, TOO_MANY_ATTEMPTS, UNAVAILABLE
     */
    void remove(Caller by, String user, char[] password) throws AccessException;

    /**
     * What an app needs.
     *
     * @param secret Base32
     * @param uri {@code otpauth://totp/...}, the content of the QR code
     */
    record Enrolment(String secret, String uri) {
        /** Without the secret, so that it reaches no log. */
        @Override
        public String toString() {
            return "Enrolment[]";
        }
    }
}
