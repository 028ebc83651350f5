package org.catseye.web.rest.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.temporal.ChronoUnit;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.web.WebContext;
import org.catseye.web.rest.Targets;
import org.catseye.web.rest.route.ApiServlet;

/** How a session reaches a browser: as a cookie and as JSON. */
public final class SessionJson {

    private SessionJson() {
    }

    public static void giveCookie(HttpServletRequest request, HttpServletResponse response, String token) {
        response.addHeader("Set-Cookie", cookie(request, token));
    }

    public static void takeCookie(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", cookie(request, "") + "; Max-Age=0");
    }

    private static String cookie(HttpServletRequest request, String value) {
        return WebContext.COOKIE + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + (request.isSecure() ? "; Secure" : "");
    }

    /** {@code {"user","expires","permissions"}}: what the session may do with at least one target; the page shows entries by it. */
    public static ObjectNode describe(Session session, Targets targets) {
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
}
