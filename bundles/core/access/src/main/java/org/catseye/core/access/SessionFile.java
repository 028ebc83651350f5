package org.catseye.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** {@code sessions.json}: {@code {"format":1,"sessions":[{"hash":"..","user":"..","stamp":"..","created":"..","used":".."}]}}. */
final class SessionFile {

    private static final int FORMAT = 1;

    private SessionFile() {
    }

    static List<LiveSession.Record> read(byte[] content) throws IOException {
        List<LiveSession.Record> result = new ArrayList<>();
        for (JsonNode node : Json.read(content, FORMAT).path("sessions")) {
            String place = "sessions[" + result.size() + "]";
            result.add(new LiveSession.Record(Json.text(node, "hash", place), Json.text(node, "user", place),
                    Json.text(node, "stamp", place), Json.instant(node, "created", place), Json.instant(node, "used", place)));
        }
        return result;
    }

    static byte[] write(Collection<LiveSession.Record> sessions) throws IOException {
        ObjectNode root = Json.MAPPER.createObjectNode().put("format", FORMAT);
        ArrayNode list = root.putArray("sessions");
        for (LiveSession.Record session : sessions) {
            list.addObject().put("hash", session.hash()).put("user", session.user()).put("stamp", session.stamp())
                    .put("created", session.created().toString()).put("used", session.used().toString());
        }
        return Json.write(root);
    }
}
