package org.catseye.core.access.session;

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
 * The format of {@code sessions.json} and {@code tokens.json}: {@code {"format":1,"sessions":[{"hash":"..","user":"..","stamp":"..","created":"..","used":"..","address":"..","authenticator":"..",
 * "proved":".."}]}};
 * {@code proved} is present if that was recent; an API token also has {@code "token":{"name":"..","rights":{..},"expires":".."}}.
 */
final class SessionFile {

    private static final int FORMAT = 1;
    /** The authenticator of sessions from before there were several. */
    private static final String DEFAULT_AUTHENTICATOR = "file";

    private SessionFile() {
    }

    static List<SessionRecord> parseContent(byte[] content) throws IOException {
        List<SessionRecord> result = new ArrayList<>();
        for (JsonNode node : StrictJson.read(content, FORMAT).path("sessions")) {
            String place = "sessions[" + result.size() + "]";
            result.add(new SessionRecord(parseHash(node, place), StrictJson.text(node, "user", place),
                    StrictJson.text(node, "stamp", place), StrictJson.instant(node, "created", place), StrictJson.instant(node, "used", place),
                    node.path("address").asText(""), parseToken(node, place + ".token"), node.path("authenticator").asText(DEFAULT_AUTHENTICATOR), parseProved(node, place)));
        }
        return result;
    }

    private static Optional<Instant> parseProved(JsonNode node, String place) throws IOException {
        return node.has("proved") ? Optional.of(StrictJson.instant(node, "proved", place)) : Optional.empty();
    }

    private static String parseHash(JsonNode node, String place) throws IOException {
        String hash = StrictJson.text(node, "hash", place);
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IOException(place + ".hash: is not a SHA-256 in hexadecimal");
        }
        return hash;
    }

    private static Optional<ApiToken> parseToken(JsonNode parent, String place) throws IOException {
        if (!parent.has("token")) {
            return Optional.empty();
        }
        JsonNode node = parent.path("token");
        return Optional.of(new ApiToken(StrictJson.text(node, "name", place), RightsJson.read(node.path("rights"), place + ".rights"),
                StrictJson.instant(node, "expires", place)));
    }

    static byte[] toContent(Collection<SessionRecord> sessions) throws IOException {
        ObjectNode root = StrictJson.MAPPER.createObjectNode().put("format", FORMAT);
        ArrayNode list = root.putArray("sessions");
        for (SessionRecord session : sessions) {
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
