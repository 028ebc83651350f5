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
