package org.catseye.web.rest.plugin;

import java.io.IOException;
import java.util.Map;
import org.catseye.plugins.PluginException;
import org.catseye.web.rest.route.ApiException;

/** Calls the services for plug-ins and features, with their problems as answers. */
final class PluginErrors {

    private PluginErrors() {
    }

    /** A call of a service. */
    @FunctionalInterface
    interface Call<S, T> {
        T run(S service) throws PluginException, InterruptedException, IOException;
    }

    /**
     * @param service null if it does not run
     * @param what the service manages, for the user
     */
    static <S, T> T call(S service, String what, Call<S, T> call) throws ApiException, IOException {
        if (service == null) {
            throw new ApiException(503, "unavailable", "The part of Catseye that manages " + what + " does not run, or is still starting.", Map.of("Retry-After", "2"));
        }
        try {
            return call.run(service);
        } catch (PluginException e) {
            throw toApiException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "stopping", "The server is shutting down.");
        }
    }

    private static ApiException toApiException(PluginException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> new ApiException(404, "not_found", e.getMessage());
            case UNUSABLE -> new ApiException(422, "unusable", e.getMessage());
            case TOO_LARGE -> new ApiException(413, "too_large", e.getMessage());
            case TOO_MANY -> new ApiException(429, "too_many_requests", e.getMessage(), Map.of("Retry-After", "10"));
            case CONFLICT -> new ApiException(409, "conflict", e.getMessage());
            case CONSENT_REQUIRED -> new ApiException(409, "consent_required", e.getMessage());
            case BUSY -> new ApiException(409, "busy", e.getMessage());
            case FAILED -> new ApiException(500, "failed", e.getMessage());
        };
    }
}
