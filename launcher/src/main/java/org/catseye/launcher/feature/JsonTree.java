package org.catseye.launcher.feature;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON document as maps, lists, String, Boolean, Long and Double. Every complaint is an IllegalArgumentException for a person. */
final class JsonTree {

    private JsonTree() {
    }

    /** Reads a document that is one object and nothing else. */
    static Map<String, Object> parseDocument(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("it must hold one JSON object");
        }
        Map<String, Object> document = requireObject(parseValue(parser), "the file");
        if (parser.nextToken() != null) {
            throw new IllegalArgumentException("there is more text after the closing brace");
        }
        return document;
    }

    /** The list at this key; an empty one if there is none. */
    static List<?> getList(Map<String, Object> object, String key) {
        if (object.getOrDefault(key, List.of()) instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("\"" + key + "\" must be a list");
    }

    /** The object at this key; an empty one if there is none. */
    static Map<String, Object> getObject(Map<String, Object> object, String key) {
        return requireObject(object.getOrDefault(key, Map.of()), "\"" + key + "\"");
    }

    /** @param description of the value, for the message */
    @SuppressWarnings("unchecked") // parseValue makes maps with String keys only
    static Map<String, Object> requireObject(Object value, String description) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException(description + " must be an object");
    }

    private static Object parseValue(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    map.put(key, parseValue(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(parseValue(parser));
                }
                yield list;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NULL -> throw new IllegalArgumentException("null has no meaning in a feature file");
            default -> parser.getText();
        };
    }
}
