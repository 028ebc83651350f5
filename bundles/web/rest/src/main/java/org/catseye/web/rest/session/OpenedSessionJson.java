package org.catseye.web.rest.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.catseye.access.Rights;
import org.catseye.access.SessionAdministration.Opened;
import org.catseye.secrets.RightsJson;
import org.catseye.web.rest.route.ApiServlet;

/** Logins and API tokens as JSON. */
final class OpenedSessionJson {

    private static final String ON_DEVICE = "file";

    private OpenedSessionJson() {
    }

    static ObjectNode describeSession(Opened opened) {
        return describeCommon(opened).put("current", opened.current());
    }

    static ObjectNode describeToken(Opened opened) {
        ObjectNode node = describeCommon(opened).put("name", opened.name());
        RightsJson.write(node.putObject("rights"), new Rights(opened.rights()));
        return node;
    }

    /** The authenticator is included unless the account is on this device. */
    private static ObjectNode describeCommon(Opened opened) {
        ObjectNode node = ApiServlet.JSON.createObjectNode().put("id", opened.id()).put("user", opened.user()).put("created", formatSeconds(opened.created()))
                .put("used", formatSeconds(opened.used())).put("expires", formatSeconds(opened.expires())).put("address", opened.address());
        return opened.authenticator().equals(ON_DEVICE) ? node : node.put("authenticator", opened.authenticator());
    }

    private static String formatSeconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
