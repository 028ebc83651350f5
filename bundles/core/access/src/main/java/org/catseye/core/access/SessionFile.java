package org.catseye.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.catseye.secrets.RightsJson;
import org.catseye.secrets.StrictJson;

/**
 * {@code sessions.json}: {@code {"format":1,"sessions":[{"hash":"..","user":"..","stamp":"..","created":"..","used":"..","address":"..","authenticator":"..",
 * "proved":".."}]}};
 * {@code proved} is there if it was recently; an API token has {@code "token":{"name":"..","rights":{..},"expires":".."}} as well.
 */
final class SessionFile {

    private static final int FORMAT = 1;
    /** Whose the sessions of before are, when there was but one. */
    private static final String FIRST = "file";

    private SessionFile() {
    }

    static List<LiveSession.Record> read(byte[] content) throws IOException {
        List<LiveSession.Record> result = new ArrayList<>();
        for (JsonNode node : StrictJson.read(content, FORMAT).path("sessions")) {
            String place = "sessions[" + result.size() + "]";
            result.add(new LiveSession.Record(hash(node, place), StrictJson.text(node, "user", place),
                    StrictJson.text(node, "stamp", place), StrictJson.instant(node, "created", place), StrictJson.instant(node, "used", place),
                    node.path("address").asText(""), token(node, place + ".token"), node.path("authenticator").asText(FIRST), proved(node, place)));
        }
        return result;
    }

    private static Optional<Instant> proved(JsonNode node, String place) throws IOException {
        return node.has("proved") ? Optional.of(StrictJson.instant(node, "proved", place)) : Optional.empty();
    }

    private static String hash(JsonNode node, String place) throws IOException {
        String hash = StrictJson.text(node, "hash", place);
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IOException(place + ".hash: is not a SHA-256 in hexadecimal");
        }
        return hash;
    }

    private static Optional<LiveSession.Token> token(JsonNode parent, String place) throws IOException {
        if (!parent.has("token")) {
            return Optional.empty();
        }
        JsonNode node = parent.path("token");
        return Optional.of(new LiveSession.Token(StrictJson.text(node, "name", place), RightsJson.read(node.path("rights"), place + ".rights"),
                StrictJson.instant(node, "expires", place)));
    }

    static byte[] write(Collection<LiveSession.Record> sessions) throws IOException {
        ObjectNode root = StrictJson.MAPPER.createObjectNode().put("format", FORMAT);
        ArrayNode list = root.putArray("sessions");
        for (LiveSession.Record session : sessions) {
            ObjectNode node = list.addObject().put("hash", session.hash()).put("user", session.user()).put("stamp", session.stamp())
                    .put("created", session.created().toString()).put("used", session.used().toString())
                    .put("address", session.address()).put("authenticator", session.authenticator());
            session.proved().ifPresent(at -> node.put("proved", at.toString()));
            session.token().ifPresent(token -> {
                ObjectNode made = node.putObject("token").put("name", token.name()).put("expires", token.expires().toString());
                RightsJson.write(made.putObject("rights"), token.rights());
            });
        }
        return StrictJson.write(root);
    }
}
