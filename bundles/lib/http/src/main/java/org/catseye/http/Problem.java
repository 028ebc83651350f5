package org.catseye.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * An error as the whole API reports it.
 *
 * @param code for programs, such as {@code not_found}
 * @param message for people, in English
 */
public record Problem(String code, String message) {

    public static final String CONTENT_TYPE = "application/json";
    /** An error of Catseye itself. Details are in the log only, because they may hold secrets. */
    public static final Problem INTERNAL = new Problem("failed", "This failed inside Catseye. The log has the details.");

    private static final JsonFactory JSON = new JsonFactory();

    /** Writes a JSON object's fields. */
    @FunctionalInterface
    private interface FieldWriter {
        void writeFields(JsonGenerator json) throws IOException;
    }

    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    /** The body of an HTTP answer: {@code {"error":{"code":..,"message":..}}}. */
    public String toJson() {
        return writeObject(json -> {
            json.writeObjectFieldStart("error");
            writeError(json);
            json.writeEndObject();
        });
    }

    /** A message on a WebSocket: {@code {"type":"error","code":..,"message":..}}. */
    public String toSocketMessage() {
        return writeObject(json -> {
            json.writeStringField("type", "error");
            writeError(json);
        });
    }

    /** The body of an HTTP answer in UTF-8. */
    public byte[] toBytes() {
        return toJson().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IOException if the client has disconnected */
    public void send(HttpServletResponse response, int status) throws IOException {
        byte[] body = toBytes();
        response.setStatus(status);
        response.setContentType(CONTENT_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private void writeError(JsonGenerator json) throws IOException {
        json.writeStringField("code", code);
        json.writeStringField("message", message);
    }

    private static String writeObject(FieldWriter fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            fields.writeFields(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }
}
