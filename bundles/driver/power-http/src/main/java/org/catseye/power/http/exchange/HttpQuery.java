package org.catseye.power.http.exchange;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to a device.
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param path with its query, encoded; starts with a slash
 * @param body empty if there is none
 */
public record HttpQuery(String method, String path, String body) {

    /** Describes {@link #parseTemplate} for messages. */
    public static final String TEMPLATE = "a path such as /relay?on=1, with a method before it and a body after it if required:"
        + " POST /relay {\"on\":true}";
    /** Path: printable ASCII. */
    private static final Pattern FORMAT = Pattern.compile("(?:(GET|POST|PUT|PATCH|DELETE) +)?(/[!-~]*)(?: +(\\S.*))?");

    /** Parses the format of {@link #TEMPLATE}; empty if the text has another one. */
    public static Optional<HttpQuery> parseTemplate(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String method = parts.group(1) == null ? "GET" : parts.group(1);
        String body = parts.group(3) == null ? "" : parts.group(3);
        boolean allowed = body.isEmpty() || !method.equals("GET") && !method.equals("DELETE");
        return allowed ? Optional.of(new HttpQuery(method, parts.group(2), body)) : Optional.empty();
    }

    /** A GET request. */
    public static HttpQuery get(String path) {
        return new HttpQuery("GET", path, "");
    }

    String contentType() {
        return body.startsWith("{") || body.startsWith("[") ? "application/json" : "application/x-www-form-urlencoded";
    }
}
