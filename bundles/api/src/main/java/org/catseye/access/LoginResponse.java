package org.catseye.access;

import java.util.Map;

/**
 * What the browser sent back: the parameters of the address after a redirect, or the fields of the result of a browser interface. Untrusted.
 *
 * @param fields at most {@value #MAX_FIELDS}, each value at most {@value #MAX_VALUE_CHARS} characters long
 */
public record LoginResponse(Map<String, String> fields) {

    public static final int MAX_FIELDS = 32;
    public static final int MAX_VALUE_CHARS = 16 * 1024;

    /** @throws IllegalArgumentException if it is larger than allowed */
    public LoginResponse {
        fields = Map.copyOf(fields);
        if (fields.size() > MAX_FIELDS || fields.values().stream().anyMatch(value -> value.length() > MAX_VALUE_CHARS)) {
            throw new IllegalArgumentException("the response is too large");
        }
    }

    /** A field; empty if it is missing. */
    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** Without the values, which are secrets. */
    @Override
    public String toString() {
        return "LoginResponse" + fields.keySet();
    }
}
