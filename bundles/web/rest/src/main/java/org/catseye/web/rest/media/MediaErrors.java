package org.catseye.web.rest.media;

import java.util.Map;
import org.catseye.media.MediaException;
import org.catseye.web.rest.route.ApiException;

/** Maps the failures of the library and of drives to HTTP. */
public final class MediaErrors {

    private static final String RETRY_SECONDS = "10";

    private MediaErrors() {
    }

    public static ApiException toApiException(MediaException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> new ApiException(404, "not_found", e.getMessage());
            case BAD_NAME -> new ApiException(422, "bad_name", e.getMessage());
            case BAD_URL -> new ApiException(422, "bad_url", e.getMessage());
            case EXISTS -> new ApiException(409, "exists", e.getMessage());
            case IN_USE -> new ApiException(409, "in_use", e.getMessage());
            case CONFLICT -> new ApiException(409, "conflict", e.getMessage());
            case NO_SPACE -> new ApiException(507, "no_space", e.getMessage());
            case TOO_LARGE -> new ApiException(413, "too_large", e.getMessage());
            case TOO_MANY -> new ApiException(429, "too_many_requests", e.getMessage(), Map.of("Retry-After", RETRY_SECONDS));
            case UNSUPPORTED -> new ApiException(409, "unsupported", e.getMessage());
            case LOCKED -> new ApiException(423, "locked", e.getMessage());
            case BUSY -> new ApiException(409, "busy", e.getMessage());
            case UNAVAILABLE -> new ApiException(503, "unavailable", e.getMessage());
            case FAILED -> new ApiException(502, "media_failed", e.getMessage());
        };
    }
}
