package org.catseye.access;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The code that a login needs in addition to the password: time-based one-time passwords (RFC 6238: SHA-1, six digits, thirty seconds), and
 * recovery codes for a lost phone. Users enable it themselves, with a login and not with an API token. Thread-safe; a method with a
 * password takes about 0.1 s on purpose.
 */
@ProviderType
public interface SecondFactors {

    /**
     * Creates a secret for the caller's app. It takes effect when {@link #confirm} gets a code of it within ten minutes; nothing changes
     * before that.
     *
     * @throws AccessException FORBIDDEN, BAD_CREDENTIALS (password), CONFLICT if there already is a second factor, TOO_MANY_ATTEMPTS
     */
    Enrolment begin(Caller by, char[] password) throws AccessException;

    /**
     * Enables it.
     *
     * @param code the code that the app shows
     * @return recovery codes, each for one login; they are returned only here
     * @throws AccessException INVALID if the code is wrong or there is no secret to confirm, TOO_MANY_ATTEMPTS, UNAVAILABLE
     */
    List<String> confirm(Caller by, String code) throws AccessException;

    /**
     * Disables it: the caller's own with the password, or with ADMIN another user's without.
     *
     * @throws AccessException FORBIDDEN, BAD_CREDENTIALS, NOT_FOUND if there is none, TOO_MANY_ATTEMPTS, UNAVAILABLE
     */
    void remove(Caller by, String user, char[] password) throws AccessException;

    /**
     * The data for an app.
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
