package org.catseye.web.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.catseye.access.SessionAdministration.Opened;

/** How logins and API tokens look in JSON. */
final class OpenedJson {

    private OpenedJson() {
    }

    static ObjectNode session(Opened opened) {
        return common(opened).put("current", opened.current());
    }

    static ObjectNode token(Opened opened) {
        ObjectNode node = common(opened).put("name", opened.name());
        RightsJson.write(node.putObject("rights"), opened.rights());
        return node;
    }

    private static ObjectNode common(Opened opened) {
        return ApiServlet.JSON.createObjectNode().put("id", opened.id()).put("user", opened.user()).put("created", seconds(opened.created()))
                .put("used", seconds(opened.used())).put("expires", seconds(opened.expires())).put("address", opened.address());
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
