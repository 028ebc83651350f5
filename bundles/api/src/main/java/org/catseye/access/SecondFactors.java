package org.catseye.access;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Manages the second factor of a login: time-based one-time passwords (RFC 6238: SHA-1, six digits, 30 seconds) and recovery
 * codes for users who lose their phone. Users enable it for themselves from a login session; an API token is not accepted.
 * Thread-safe. Methods that take a password take about 0.1 s on purpose.
 */
@ProviderType
public interface SecondFactors {

    /**
     * Creates a secret for the caller's authenticator app. It takes effect only when {@link #confirm} receives a valid code
     * within ten minutes; until then nothing changes.
     *
     * @param by the caller
     * @param password the caller's password
     * @throws AccessException with FORBIDDEN, BAD_CREDENTIALS (wrong password), CONFLICT if the caller already has a second
     *     factor, or TOO_MANY_ATTEMPTS
     */
    Enrolment begin(Caller by, char[] password) throws AccessException;

    /**
     * Enables the second factor that {@link #begin} prepared.
     *
     * @param by the caller
     * @param code the code that the app shows
     * @return recovery codes, each valid for one login. They are returned only here
     * @throws AccessException with INVALID if the code is wrong or no secret is waiting for confirmation, TOO_MANY_ATTEMPTS,
     *     NOT_STORED or UNAVAILABLE
     */
    List<String> confirm(Caller by, String code) throws AccessException;

    /**
     * Disables a user's second factor. Users disable their own with their password. A caller with ADMIN can disable another
     * user's without a password.
     *
     * @param by the caller
     * @param user the user whose second factor is disabled
     * @param password the caller's password; ignored for another user
     * @throws AccessException with FORBIDDEN, BAD_CREDENTIALS, NOT_FOUND if the user has no second factor, TOO_MANY_ATTEMPTS,
     *     NOT_STORED or UNAVAILABLE
     */
    void remove(Caller by, String user, char[] password) throws AccessException;

    /**
     * The data that an authenticator app needs.
     *
     * @param secret the secret in Base32
     * @param uri an {@code otpauth://totp/...} URI, the content of the QR code
     */
    record Enrolment(String secret, String uri) {
        /** Omits the secret so that it is never logged. */
        @Override
        public String toString() {
            return "Enrolment[]";
        }
    }
}
