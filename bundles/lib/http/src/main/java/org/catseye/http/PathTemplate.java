package org.catseye.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A path with variables in braces, such as {@code /api/v1/users/{name}/password}. A variable is one segment.
 *
 * @param template the path
 */
public record PathTemplate(String template) {

    /**
     * Compares a path with the template.
     *
     * @param path as in the request line
     * @return the variables by name, decoded; empty if the path is another one
     */
    public Optional<Map<String, String>> matchPath(String path) {
        String[] parts = template.split("/", -1);
        String[] given = path.split("/", -1);
        if (parts.length != given.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].startsWith("{") && !given[i].isEmpty()) {
                Optional<String> value = decodeSegment(given[i]);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                variables.put(parts[i].substring(1, parts[i].length() - 1), value.get());
            } else if (!parts[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(Map.copyOf(variables));
    }

    private static Optional<String> decodeSegment(String segment) {
        try {
            return Optional.of(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
