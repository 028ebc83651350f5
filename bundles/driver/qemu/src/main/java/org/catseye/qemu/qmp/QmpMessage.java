package org.catseye.qemu.qmp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A message of QEMU.
 *
 * @param kind which of the forms of the protocol it has
 * @param id of the command that it answers; -1 if there is none
 * @param name of an event; empty for other kinds
 * @param content what was returned, the error, or the data of an event
 */
record QmpMessage(Kind kind, long id, String name, JsonNode content) {

    /** Forms of messages, by the member that they are recognised by. */
    enum Kind {
        GREETING("QMP"), EVENT("event"), RETURN("return"), ERROR("error");

        private final String member;

        Kind(String member) {
            this.member = member;
        }
    }

    private static final int MAX_DEPTH = 64;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build()).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** @throws IOException if it is no message of the protocol */
    static QmpMessage parseLine(byte[] line) throws IOException {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IOException("a line is not JSON", e);
        }
        for (Kind kind : Kind.values()) {
            if (node != null && node.isObject() && node.has(kind.member)) {
                return ofKind(kind, node);
            }
        }
        throw new IOException("a line is no message of the protocol");
    }

    private static QmpMessage ofKind(Kind kind, JsonNode node) {
        long id = node.path("id").asLong(-1);
        JsonNode member = node.path(kind.member);
        return kind == Kind.EVENT ? new QmpMessage(kind, id, member.asText(), node.path("data")) : new QmpMessage(kind, id, "", member);
    }

    /** A command as a line. @param arguments texts, numbers, flags and maps of these */
    static byte[] formatCommand(String command, Map<String, ?> arguments, long id) {
        ObjectNode node = JSON.createObjectNode().put("execute", command);
        if (!arguments.isEmpty()) {
            node.set("arguments", JSON.valueToTree(arguments));
        }
        // Jackson escapes control characters, so that there is one line.
        return (node.put("id", id) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** What an error says. */
    String describeError() {
        return content.path("desc").asText("no reason");
    }

    /** The version in a greeting, such as 7.2.22; empty if it has none. */
    String readVersion() {
        JsonNode qemu = kind == Kind.GREETING ? content.path("version").path("qemu") : MissingNode.getInstance();
        return qemu.isObject() ? qemu.path("major").asInt() + "." + qemu.path("minor").asInt() + "." + qemu.path("micro").asInt() : "";
    }
}
