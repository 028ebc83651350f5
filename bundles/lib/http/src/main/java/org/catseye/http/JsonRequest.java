package org.catseye.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.catseye.web.WebContext;

/** Reads the body of a request: a small JSON object. Errors name the position and never repeat content, which may be secret. */
public final class JsonRequest {

    public static final int MAX_BYTES = 8 * 1024;

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private JsonRequest() {
    }

    /** @throws RequestRefusedException 400, 408, 413 or 415 */
    public static ObjectNode readObject(HttpServletRequest request) throws RequestRefusedException, IOException {
        requireJson(request.getContentType());
        JsonNode root;
        try {
            root = STRICT.readTree(readBytes(request));
        } catch (JsonProcessingException e) {
            var position = e.getLocation();
            throw new RequestRefusedException(400, "bad_json", "The body is not well-formed JSON"
                    + (position == null ? "." : " (line " + position.getLineNr() + ", column " + position.getColumnNr() + ")."));
        }
        if (!(root instanceof ObjectNode object)) {
            throw new RequestRefusedException(400, "bad_json", "The body has to be a JSON object.");
        }
        return object;
    }

    private static void requireJson(String type) throws RequestRefusedException {
        String[] parts = type == null ? new String[] {""} : type.toLowerCase(Locale.ROOT).split(";", 2);
        boolean otherCharset = parts.length > 1 && parts[1].contains("charset") && !parts[1].replace("\"", "").replace(" ", "").contains("charset=utf-8");
        if (!parts[0].strip().equals("application/json") || otherCharset) {
            throw new RequestRefusedException(415, "unsupported_media_type", "Send JSON in UTF-8, with the header Content-Type: application/json.");
        }
    }

    /**
     * Reads a small body of any type.
     *
     * @throws RequestRefusedException 400, 408 or 413
     */
    public static byte[] readBytes(HttpServletRequest request) throws RequestRefusedException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw bodyTooLarge();
        }
        if (request.getAttribute(WebContext.LATE_BODY) != null) {
            throw new RequestRefusedException(408, "too_slow", "The body did not arrive in time. Send it immediately after the head of the request.",
                    Map.of("Connection", "close"));
        }
        // This doesn't wait: the web server serves a request only after this much of its body has arrived.
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new RequestRefusedException(400, "bad_body", "The body ended before its announced length.", Map.of("Connection", "close"));
        }
        if (body.length > MAX_BYTES) {
            throw bodyTooLarge();
        }
        return body;
    }

    private static RequestRefusedException bodyTooLarge() {
        // The rest of the body is not read, so the connection can't be used again.
        return new RequestRefusedException(413, "too_large", "The body must not have more than " + MAX_BYTES + " bytes.", Map.of("Connection", "close"));
    }
}
