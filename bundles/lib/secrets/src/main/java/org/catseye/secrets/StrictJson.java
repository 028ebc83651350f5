package org.catseye.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Strictly parses the JSON files of access control. Error messages name the location and never include content, because it is
 * secret.
 */
public final class StrictJson {

    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private StrictJson() {
    }

    /** @throws IOException if this is not a single JSON object, or has a format that this version does not support */
    public static ObjectNode read(byte[] content, int format) throws IOException {
        JsonNode root;
        try {
            root = MAPPER.readTree(content);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new IOException("is not JSON" + (place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")"));
        }
        if (!(root instanceof ObjectNode object)) {
            throw new IOException("does not hold a JSON object");
        }
        if (object.path("format").asInt(0) != format) {
            throw new IOException("format: is not " + format + "; a newer Catseye may have written it");
        }
        return object;
    }

    public static byte[] write(ObjectNode root) throws IOException {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    public static ObjectNode object(JsonNode parent, String key, String place) throws IOException {
        if (parent.path(key) instanceof ObjectNode object) {
            return object;
        }
        throw new IOException(place + ": is missing or not an object");
    }

    public static String text(JsonNode parent, String key, String place) throws IOException {
        JsonNode value = parent.path(key);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new IOException(place + "." + key + ": is missing or not a text");
        }
        return value.textValue();
    }

    public static Instant instant(JsonNode parent, String key, String place) throws IOException {
        try {
            return Instant.parse(text(parent, key, place));
        } catch (DateTimeException e) {
            throw new IOException(place + "." + key + ": is not a time like 2026-01-31T12:00:00Z");
        }
    }

    public static Set<String> texts(JsonNode list, String place) throws IOException {
        if (!list.isArray()) {
            throw new IOException(place + ": is missing or not a list");
        }
        Set<String> result = new LinkedHashSet<>();
        for (JsonNode item : list) {
            if (!item.isTextual()) {
                throw new IOException(place + ": holds something that is not a text");
            }
            result.add(item.textValue());
        }
        return result;
    }
}
