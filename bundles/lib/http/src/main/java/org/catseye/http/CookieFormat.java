package org.catseye.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes and reads one of the cookies of this device. Scripts can't read it, and other sites can't make a browser send it.
 *
 * @param name of the cookie of a device at the root of its host
 */
record CookieFormat(String name) {

    private static final String ATTRIBUTES = "; HttpOnly; SameSite=Strict";

    /** A value for Set-Cookie. The cookie is marked Secure if the request came over TLS. */
    String formatCookie(HttpServletRequest request, String value) {
        String basePath = RequestHeads.findBasePath(request);
        return nameBelow(basePath) + "=" + value + "; Path=" + (basePath.isEmpty() ? "/" : basePath) + ATTRIBUTES + (request.isSecure() ? "; Secure" : "");
    }

    /**
     * Each base path has its own name. Otherwise a device below a path would also receive the cookie of a device at the root of the same host, and
     * two different tokens count as none.
     */
    private String nameBelow(String basePath) {
        return name + basePath.replace('/', '.');
    }

    /** All different values in a request. */
    Set<String> readValues(Function<String, List<String>> headers, String basePath) {
        String prefix = nameBelow(basePath) + "=";
        return headers.apply("Cookie").stream().flatMap(header -> Arrays.stream(header.split(";"))).map(String::strip)
                .filter(cookie -> cookie.startsWith(prefix)).map(cookie -> cookie.substring(prefix.length())).collect(Collectors.toSet());
    }
}
