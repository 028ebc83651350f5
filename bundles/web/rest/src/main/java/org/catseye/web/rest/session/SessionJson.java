package org.catseye.web.rest.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.web.rest.Targets;
import org.catseye.web.rest.route.ApiServlet;

/** A session as JSON. */
public final class SessionJson {

    private SessionJson() {
    }

    /** {@code {"user","expires","permissions"}}, with the permissions that the session has for at least one target. The page shows its entries accordingly. */
    public static ObjectNode describeSession(Session session, Targets targets) {
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
