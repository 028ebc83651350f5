package org.catseye.web.rest.route;

import org.catseye.access.AccessException;
import org.catseye.http.RequestRefusedException;

/** Maps the refusals of access control to HTTP. */
public final class AccessErrors {

    private AccessErrors() {
    }

    /** @param badCredentials the status for a wrong password or token, which depends on the endpoint */
    public static ApiException toApiException(AccessException e, int badCredentials) {
        return ApiException.fromRefusal(RequestRefusedException.fromAccess(e, badCredentials));
    }
}
