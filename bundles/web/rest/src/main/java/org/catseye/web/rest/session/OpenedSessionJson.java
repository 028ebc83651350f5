package org.catseye.web.rest.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.catseye.access.Rights;
import org.catseye.access.SessionAdministration.Opened;
import org.catseye.secrets.RightsJson;
import org.catseye.web.rest.route.ApiServlet;

/** How logins and API tokens look in JSON. */
final class OpenedSessionJson {

    private static final String ON_DEVICE = "file";

    private OpenedSessionJson() {
    }

    static ObjectNode session(Opened opened) {
        return common(opened).put("current", opened.current());
    }

    static ObjectNode token(Opened opened) {
        ObjectNode node = common(opened).put("name", opened.name());
        RightsJson.write(node.putObject("rights"), new Rights(opened.rights()));
        return node;
    }

    /** Who keeps the account is told where it is not this device. */
    private static ObjectNode common(Opened opened) {
        ObjectNode node = ApiServlet.JSON.createObjectNode().put("id", opened.id()).put("user", opened.user()).put("created", seconds(opened.created()))
                .put("used", seconds(opened.used())).put("expires", seconds(opened.expires())).put("address", opened.address());
        return opened.authenticator().equals(ON_DEVICE) ? node : node.put("authenticator", opened.authenticator());
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
