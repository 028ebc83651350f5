package org.catseye.web.rest.route;

import java.util.Map;
import org.catseye.access.AccessException;

/** Maps the refusals of access control to HTTP. */
public final class AccessErrors {

    private AccessErrors() {
    }

    /** @param badCredentials the status for a wrong password or token, which depends on the endpoint */
    public static ApiException toApiException(AccessException e, int badCredentials) {
        return switch (e.reason()) {
            case BAD_CREDENTIALS -> new ApiException(badCredentials, "bad_credentials", e.getMessage());
            case NOT_CLAIMED -> new ApiException(409, "not_claimed", e.getMessage());
            case ALREADY_CLAIMED -> new ApiException(409, "already_claimed", e.getMessage());
            case WEAK_PASSWORD -> new ApiException(422, "weak_password", e.getMessage());
            case TOO_MANY_ATTEMPTS -> new ApiException(429, "too_many_attempts", e.getMessage(),
                    Map.of("Retry-After", Long.toString(Math.max(1, e.retryAfter().plusMillis(999).toSeconds()))));
            case OTP_REQUIRED -> new ApiException(401, "otp_required", e.getMessage());
            case FORBIDDEN -> new ApiException(403, "forbidden", e.getMessage());
            case NOT_FOUND -> new ApiException(404, "not_found", e.getMessage());
            case CONFLICT -> new ApiException(409, "conflict", e.getMessage());
            case LAST_ADMIN -> new ApiException(409, "last_admin", e.getMessage());
            case INVALID -> new ApiException(422, "invalid", e.getMessage());
            case NOT_STORED -> new ApiException(507, "not_stored", e.getMessage());
            case UNAVAILABLE -> new ApiException(503, "unavailable", e.getMessage());
        };
    }
}
