package org.catseye.access;

import java.util.Map;

/**
 * The response of a browser to a challenge: the query parameters after a redirect, or the result of a browser API. The content is
 * untrusted.
 *
 * @param fields at most {@value #MAX_FIELDS} fields, each value at most {@value #MAX_VALUE_CHARS} characters long
 */
public record LoginResponse(Map<String, String> fields) {

    /** Maximum number of fields. */
    public static final int MAX_FIELDS = 32;
    /** Maximum length of a value in characters. */
    public static final int MAX_VALUE_CHARS = 16 * 1024;

    /** @throws IllegalArgumentException if there are too many fields or a value is too long */
    public LoginResponse {
        fields = Map.copyOf(fields);
        if (fields.size() > MAX_FIELDS || fields.values().stream().anyMatch(value -> value.length() > MAX_VALUE_CHARS)) {
            throw new IllegalArgumentException("the response is too large");
        }
    }

    /** The value of a field; empty if it is missing. */
    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** Omits the values, which are secrets. */
    @Override
    public String toString() {
        return "LoginResponse" + fields.keySet();
    }
}
