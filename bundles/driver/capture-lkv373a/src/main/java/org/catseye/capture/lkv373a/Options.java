package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.util.Map;

/**
 * Reads a configuration that may hold anything: the web console and configuration files check neither type nor range. Each
 * mistake becomes a message with configuration, key, value and what would be right.
 */
final class Options {

    private final String pid;
    private final Map<String, ?> properties;

    /** @param pid the name to use if the properties have no {@code service.pid} */
    Options(String pid, Map<String, ?> properties) {
        this.properties = properties;
        Object own = properties.get("service.pid");
        this.pid = own instanceof String text && !text.isBlank() ? text : pid;
    }

    String text(String key, String otherwise) {
        Object value = properties.get(key);
        return value == null ? otherwise : value.toString().trim();
    }

    String matching(String key, String otherwise, String pattern, String right) throws IOException {
        String value = text(key, otherwise);
        if (!value.matches(pattern)) {
            throw bad(key, value, right);
        }
        return value;
    }

    int number(String key, int otherwise, int min, int max) throws IOException {
        String value = text(key, "");
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw bad(key, value, "a whole number from " + min + " to " + max);
        }
        throw bad(key, value, min + " to " + max);
    }

    /** An IPv4 address in four numbers, as bytes; {@code otherwise} if the field is empty. No name is looked up. */
    byte[] address(String key, String otherwise, String right) throws IOException {
        String value = text(key, otherwise);
        if (value.isEmpty()) {
            return new byte[0];
        }
        String[] parts = value.split("\\.", -1);
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            if (parts.length != 4 || !parts[i].matches("\\d{1,3}") || Integer.parseInt(parts[i]) > 255) {
                throw bad(key, value, right);
            }
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return bytes;
    }

    IOException bad(String key, String value, String right) {
        return new IOException("configuration " + pid + ": " + key + " = " + value + ": must be " + right);
    }
}
