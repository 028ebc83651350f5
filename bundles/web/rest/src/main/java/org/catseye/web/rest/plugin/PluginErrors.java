package org.catseye.web.rest.plugin;

import java.util.Map;
import org.catseye.plugins.PluginException;
import org.catseye.web.rest.route.ApiException;

/** Problems of plug-ins and features as answers. */
final class PluginErrors {

    private PluginErrors() {
    }

    static ApiException toApiException(PluginException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> new ApiException(404, "not_found", e.getMessage());
            case UNUSABLE -> new ApiException(422, "unusable", e.getMessage());
            case TOO_LARGE -> new ApiException(413, "too_large", e.getMessage());
            case TOO_MANY -> new ApiException(429, "too_many_requests", e.getMessage(), Map.of("Retry-After", "10"));
            case CONFLICT -> new ApiException(409, "conflict", e.getMessage());
            case BUSY -> new ApiException(409, "busy", e.getMessage());
            case FAILED -> new ApiException(500, "failed", e.getMessage());
        };
    }

    static ApiException createUnavailable(String what) {
        return new ApiException(503, "unavailable", "The part of Catseye that manages " + what + " does not run, or is still starting.", Map.of("Retry-After", "2"));
    }

    static ApiException createStopping() {
        return new ApiException(503, "stopping", "The server is shutting down.");
    }
}
