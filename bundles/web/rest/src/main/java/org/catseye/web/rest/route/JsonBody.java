package org.catseye.web.rest.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.secrets.RightsJson;
import org.catseye.web.WebContext;

/** The body of a request: a small JSON object. Errors name the position and never repeat content, which may be secret. */
public final class JsonBody {

    public static final int MAX_BYTES = 8 * 1024;

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final ObjectNode content;

    private JsonBody(ObjectNode content) {
        this.content = content;
    }

    /**
     * @param known the names of all fields that the body may have
     * @throws ApiException 413, 415 or 400
     */
    public static JsonBody readBody(HttpServletRequest request, Set<String> known) throws ApiException, IOException {
        requireJson(request.getContentType());
        JsonNode root;
        try {
            root = STRICT.readTree(readBytes(request));
        } catch (JsonProcessingException e) {
            var position = e.getLocation();
            throw new ApiException(400, "bad_json", "The body is not well-formed JSON"
                    + (position == null ? "." : " (line " + position.getLineNr() + ", column " + position.getColumnNr() + ")."));
        }
        if (!(root instanceof ObjectNode object)) {
            throw new ApiException(400, "bad_json", "The body has to be a JSON object.");
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext();) {
            if (!known.contains(names.next())) {
                throw new ApiException(400, "bad_field", "The body has an unknown field. Known fields: "
                        + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
        return new JsonBody(object);
    }

    private static void requireJson(String type) throws ApiException {
        String[] parts = type == null ? new String[] {""} : type.toLowerCase(Locale.ROOT).split(";", 2);
        boolean otherCharset = parts.length > 1 && parts[1].contains("charset") && !parts[1].replace("\"", "").replace(" ", "").contains("charset=utf-8");
        if (!parts[0].strip().equals("application/json") || otherCharset) {
            throw new ApiException(415, "unsupported_media_type", "Send JSON in UTF-8, with the header Content-Type: application/json.");
        }
    }

    private static byte[] readBytes(HttpServletRequest request) throws ApiException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw bodyTooLarge();
        }
        if (request.getAttribute(WebContext.LATE_BODY) != null) {
            throw new ApiException(408, "too_slow", "The body did not arrive in time. Send it immediately after the head of the request.", Map.of("Connection", "close"));
        }
        // This doesn't wait: the web server serves a request only after this much of its body has arrived.
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new ApiException(400, "bad_body", "The body ended before its announced length.", Map.of("Connection", "close"));
        }
        if (body.length > MAX_BYTES) {
            throw bodyTooLarge();
        }
        return body;
    }

    private static ApiException bodyTooLarge() {
        // The rest of the body is not read, so the connection can't be used again.
        return new ApiException(413, "too_large", "The body must not have more than " + MAX_BYTES + " bytes.", Map.of("Connection", "close"));
    }

    /** @throws ApiException 400 if it is missing or not a text */
    public String requireText(String name) throws ApiException {
        JsonNode value = content.path(name);
        if (!value.isTextual()) {
            throw new ApiException(400, "bad_field", "The body needs the text field \"" + name + "\".");
        }
        return value.textValue();
    }

    /** @throws ApiException 400 if it is present and not a text */
    public String optionalText(String name) throws ApiException {
        return content.has(name) ? requireText(name) : "";
    }

    /** @throws ApiException 400 if it is missing or not a list of texts */
    public Set<String> requireTexts(String name) throws ApiException {
        Set<String> result = new LinkedHashSet<>();
        JsonNode list = content.path(name);
        for (JsonNode item : list) {
            result.add(item.isTextual() ? item.textValue() : null);
        }
        if (!list.isArray() || result.contains(null)) {
            throw new ApiException(400, "bad_field", "The body needs the field \"" + name + "\", a list of texts.");
        }
        return result;
    }

    /** @throws ApiException 400 unless the field has the form {@code {"<target id or *>":["VIEW",..]}} */
    public Map<String, Set<Permission>> readRights(String name) throws ApiException {
        try {
            return RightsJson.read(requireObject(name), name).byTarget();
        } catch (IOException e) {
            throw new ApiException(400, "bad_field", "Rights have the form {\"<target id or *>\": [..]}, with some of "
                    + List.of(Permission.values()) + " in the list.");
        }
    }

    /** @throws ApiException 400 if it is missing or not an object */
    private ObjectNode requireObject(String name) throws ApiException {
        if (content.path(name) instanceof ObjectNode object) {
            return object;
        }
        throw new ApiException(400, "bad_field", "The body needs the field \"" + name + "\", an object.");
    }
}
