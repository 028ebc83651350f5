package org.catseye.web.ui;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * A file in the form in which browsers receive it.
 *
 * @param tag strong entity tag, a hash of the content, because a reproducible build has no meaningful dates
 */
record Asset(byte[] content, String type, String tag) {

    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8", "svg", "image/svg+xml");

    static Asset ofContent(String name, byte[] content) {
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        String tag = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hashContent(content), 18));
        return new Asset(content, type, "\"" + tag + "\"");
    }

    static byte[] hashContent(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** @param ifNoneMatch the header of the request; RFC 9110, 13.1.2 */
    boolean matchesTag(String ifNoneMatch) {
        return Arrays.stream(ifNoneMatch.split(",")).map(String::strip)
                .anyMatch(candidate -> candidate.equals("*") || candidate.equals(tag) || candidate.equals("W/" + tag));
    }
}
