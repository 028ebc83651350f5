package org.catseye.http;

import java.time.Duration;
import java.util.Map;
import org.catseye.access.AccessException;

/** A request is answered with an error: a status of HTTP, a code for programs, a message for people. */
public class RequestRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    public RequestRefusedException(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    public RequestRefusedException(int status, String code, String message, Map<String, String> headers) {
        super(message);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    /**
     * How HTTP answers a refusal of access control.
     *
     * @param badCredentials the status for a wrong password or token, which depends on the endpoint
     */
    public static RequestRefusedException fromAccess(AccessException e, int badCredentials) {
        return switch (e.reason()) {
            case BAD_CREDENTIALS -> new RequestRefusedException(badCredentials, "bad_credentials", e.getMessage());
            case NOT_CLAIMED -> new RequestRefusedException(409, "not_claimed", e.getMessage());
            case ALREADY_CLAIMED -> new RequestRefusedException(409, "already_claimed", e.getMessage());
            case WEAK_PASSWORD -> new RequestRefusedException(422, "weak_password", e.getMessage());
            case TOO_MANY_ATTEMPTS -> new RequestRefusedException(429, "too_many_attempts", e.getMessage(), retryAfter(e.retryAfter()));
            case OTP_REQUIRED -> new RequestRefusedException(401, "otp_required", e.getMessage());
            case FORBIDDEN -> new RequestRefusedException(403, "forbidden", e.getMessage());
            case NOT_FOUND -> new RequestRefusedException(404, "not_found", e.getMessage());
            case CONFLICT -> new RequestRefusedException(409, "conflict", e.getMessage());
            case LAST_ADMIN -> new RequestRefusedException(409, "last_admin", e.getMessage());
            case INVALID -> new RequestRefusedException(422, "invalid", e.getMessage());
            case NOT_STORED -> new RequestRefusedException(507, "not_stored", e.getMessage());
            case UNAVAILABLE -> new RequestRefusedException(503, "unavailable", e.getMessage());
        };
    }

    /** How HTTP answers a refused login of a client that can send nothing but a user name and a password. */
    public static RequestRefusedException fromPasswordLogin(AccessException e) {
        return e.reason() != AccessException.Reason.OTP_REQUIRED ? fromAccess(e, 401)
                : new RequestRefusedException(401, "otp_required", "This user needs a code of the second factor, which cannot be sent here. "
                        + "Create an API token and send it as the password of HTTP Basic, or in the header Authorization: Bearer.");
    }

    /** In whole seconds, one at least. */
    private static Map<String, String> retryAfter(Duration wait) {
        return Map.of("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
