package org.catseye.web.rest.route;

import java.util.Map;
import org.catseye.http.RequestRefusedException;

/** A request is answered with an error, in the form of the API. */
public final class ApiException extends RequestRefusedException {

    private static final long serialVersionUID = 1;

    public ApiException(int status, String code, String message) {
        super(status, code, message);
    }

    public ApiException(int status, String code, String message, Map<String, String> headers) {
        super(status, code, message, headers);
    }

    public static ApiException fromRefusal(RequestRefusedException e) {
        return new ApiException(e.status(), e.code(), e.getMessage(), e.headers());
    }
}
