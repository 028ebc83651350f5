package org.catseye.web.control.typing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.catseye.secrets.StrictJson;
import org.catseye.web.WebContext;
import org.catseye.web.control.layout.KeyboardLayout;
import org.catseye.web.control.layout.Layouts;

/**
 * The checked body of a request to type a text.
 *
 * @param rate the most characters per second
 */
record TextRequest(TypeableText text, int rate) {

    /** As much as the web server reads before a request gets a thread. */
    static final int MAX_BYTES = 16 * 1024;
    static final int MAX_RATE = 1_000;
    static final int DEFAULT_RATE = 40;

    private static final Set<String> FIELDS = Set.of("text", "layout", "rate");

    static TextRequest read(HttpServletRequest request) throws RefusedException, IOException {
        String type = request.getContentType() == null ? "" : request.getContentType().toLowerCase(Locale.ROOT);
        if (!type.split(";", 2)[0].strip().equals("application/json")) {
            throw new RefusedException(415, "unsupported_media_type", "Send JSON in UTF-8, with the header Content-Type: application/json.");
        }
        JsonNode body = parse(readBytes(request));
        for (var names = body.fieldNames(); names.hasNext();) {
            if (!FIELDS.contains(names.next())) {
                throw new RefusedException(400, "bad_field", "The body has an unknown field. Known fields: layout, rate, text.");
            }
        }
        KeyboardLayout layout = readLayout(body);
        int rate = readRate(body);
        if (!body.path("text").isTextual() || body.path("text").textValue().isEmpty()) {
            throw new RefusedException(400, "bad_field", "The body needs the field \"text\", a text of at least one character.");
        }
        TypeableText text = new TypeableText(body.path("text").textValue(), layout);
        String unknown = text.describeUntypable();
        if (!unknown.isEmpty()) {
            throw new RefusedException(422, "untypable", "The layout " + layout.name().id() + " has no key for " + unknown + ". Nothing was typed.");
        }
        return new TextRequest(text, rate);
    }

    private static byte[] readBytes(HttpServletRequest request) throws RefusedException {
        if (request.getAttribute(WebContext.LATE_BODY) != null) {
            throw new RefusedException(408, "too_slow", "The body did not arrive in time. Send it immediately after the head of the request.");
        }
        byte[] body;
        try {
            body = request.getContentLengthLong() > MAX_BYTES ? new byte[MAX_BYTES + 1] : request.getInputStream().readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new RefusedException(400, "bad_body", "The body ended before its announced length.");
        }
        if (body.length > MAX_BYTES) {
            throw new RefusedException(413, "too_large", "The body must not have more than " + MAX_BYTES + " bytes. Type a long text in several parts.");
        }
        return body;
    }

    private static JsonNode parse(byte[] body) throws RefusedException, IOException {
        JsonNode root;
        try {
            root = StrictJson.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new RefusedException(400, "bad_json", "The body is not well-formed JSON"
                + (place == null ? "." : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")."));
        }
        if (!root.isObject()) {
            throw new RefusedException(400, "bad_json", "The body has to be a JSON object.");
        }
        return root;
    }

    private static KeyboardLayout readLayout(JsonNode body) throws RefusedException {
        if (body.has("layout") && !body.path("layout").isTextual()) {
            throw new RefusedException(400, "bad_field", "The field \"layout\" has to be a text: an id of GET /api/v1/layouts.");
        }
        return Layouts.findLayout(body.path("layout").asText(Layouts.DEFAULT))
            .orElseThrow(() -> new RefusedException(422, "unknown_layout", "There is no such layout; GET /api/v1/layouts lists them."));
    }

    private static int readRate(JsonNode body) throws RefusedException {
        JsonNode rate = body.path("rate");
        if (rate.isMissingNode()) {
            return DEFAULT_RATE;
        }
        if (!rate.isInt() || rate.intValue() < 1 || rate.intValue() > MAX_RATE) {
            throw new RefusedException(400, "bad_field", "The field \"rate\" has to be a whole number of characters per second, from 1 to " + MAX_RATE + ".");
        }
        return rate.intValue();
    }
}
