package org.catseye.web.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.catseye.access.AccessException;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.web.WebContext;

/** How a session is given to a browser and taken back, and how access control's refusals look in HTTP. */
final class Entry {

    private Entry() {
    }

    static void giveCookie(HttpServletRequest request, HttpServletResponse response, String token) {
        response.addHeader("Set-Cookie", cookie(request, token));
    }

    static void takeCookie(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", cookie(request, "") + "; Max-Age=0");
    }

    private static String cookie(HttpServletRequest request, String value) {
        return WebContext.COOKIE + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + (request.isSecure() ? "; Secure" : "");
    }

    /** {@code {"user","expires","permissions"}}: what the session may do with at least one target; the page shows entries by it. */
    static ObjectNode describe(Session session, Targets targets) {
        ObjectNode result = ApiServlet.JSON.createObjectNode().put("user", session.user())
                .put("expires", session.expires().truncatedTo(ChronoUnit.SECONDS).toString());
        ArrayNode permissions = result.putArray("permissions");
        for (Permission permission : Permission.values()) {
            if (targets.somewhere(session, permission)) {
                permissions.add(permission.name());
            }
        }
        return result;
    }

    /** @param badCredentials what a wrong password or token looks like here */
    static ApiException refusal(AccessException e, int badCredentials) {
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
            case UNAVAILABLE -> new ApiException(503, "unavailable", e.getMessage());
        };
    }
}
