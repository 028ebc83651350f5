package org.catseye.web.redfish.route;

import java.util.List;
import java.util.Map;
import org.catseye.http.RedfishError;
import org.catseye.http.RequestRefusedException;

/** A request is answered with an error. */
public final class RedfishException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient RedfishError error;
    private final transient Map<String, String> headers;

    public RedfishException(int status, RedfishError error) {
        this(status, error, Map.of());
    }

    public RedfishException(int status, RedfishError error, Map<String, String> headers) {
        super(error.message());
        this.status = status;
        this.error = error;
        this.headers = headers;
    }

    /** @param uri also one that the caller may not see, so that it doesn't become known whether it exists */
    public static RedfishException ofMissing(String uri) {
        return new RedfishException(404, new RedfishError("ResourceMissingAtURI", "The resource at the URI '" + uri + "' was not found.", List.of(uri), "",
                "Follow the links from /redfish/v1."));
    }

    /** @param missing what the caller may not do, as a sentence */
    public static RedfishException ofMissingRight(String missing) {
        return new RedfishException(403, new RedfishError("InsufficientPrivilege", missing, List.of(), "", "Ask an administrator of this device for the right."));
    }

    /** An error that the registry has no message for. */
    public static RedfishException ofMessage(int status, String message) {
        return new RedfishException(status, RedfishError.ofMessage(message));
    }

    /** @param seconds after which the request can succeed */
    public static RedfishException ofBusy(int status, String message, long seconds) {
        String wait = Long.toString(Math.max(1, seconds));
        return new RedfishException(status, new RedfishError("ServiceTemporarilyUnavailable", message, List.of(wait), "", "Wait, then send the request again."),
                Map.of("Retry-After", wait));
    }

    static RedfishException fromRefusal(RequestRefusedException e) {
        String key = switch (e.code()) {
            case "bad_json" -> "MalformedJSON";
            case "bad_body", "unsupported_media_type" -> "UnrecognizedRequestBody";
            default -> "GeneralError";
        };
        return new RedfishException(e.status(), new RedfishError(key, e.getMessage(), List.of(), "", "Correct the request and send it again."), e.headers());
    }

    public int status() {
        return status;
    }

    public RedfishError error() {
        return error;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
