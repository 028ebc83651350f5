package org.catseye.capture.v4l2;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;

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

    String pid() {
        return pid;
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

    boolean flag(String key, boolean otherwise) throws IOException {
        String value = text(key, Boolean.toString(otherwise));
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw bad(key, value, "true or false");
        }
        return Boolean.parseBoolean(value);
    }

    int number(String key, int otherwise, int min, int max) throws IOException {
        String value = text(key, "");
        if (value.isEmpty()) {
            return otherwise;
        }
        String right = "a whole number from " + min + " to " + max;
        int number = parse(key, value, right);
        if (number < min || number > max) {
            throw bad(key, value, right);
        }
        return number;
    }

    /** A number, or empty if the field was left empty. */
    OptionalInt optionalNumber(String key) throws IOException {
        String value = text(key, "");
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(parse(key, value, "a whole number, or empty"));
    }

    IOException bad(String key, String value, String right) {
        return new IOException("configuration " + pid + ": " + key + " = " + value + ": must be " + right);
    }

    private int parse(String key, String value, String right) throws IOException {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw bad(key, value, right);
        }
    }
}
