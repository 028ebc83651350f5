package org.catseye.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.catseye.web.WebContext;

/** The cookie that carries the token of a browser's session. Scripts can't read it, and other sites can't make a browser send it. */
public final class SessionCookie {

    private static final String ATTRIBUTES = "; HttpOnly; SameSite=Strict";

    private SessionCookie() {
    }

    /** Gives the browser a token. The cookie is marked Secure if the request came over TLS. */
    public static void setToken(HttpServletRequest request, HttpServletResponse response, String token) {
        response.addHeader("Set-Cookie", formatCookie(request, token));
    }

    /** Removes the cookie from the browser. */
    public static void removeToken(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", formatCookie(request, "") + "; Max-Age=0");
    }

    private static String formatCookie(HttpServletRequest request, String token) {
        String basePath = RequestHeads.findBasePath(request);
        return nameCookie(basePath) + "=" + token + "; Path=" + (basePath.isEmpty() ? "/" : basePath) + ATTRIBUTES + (request.isSecure() ? "; Secure" : "");
    }

    /**
     * Each base path has its own name. Otherwise a device below a path would also receive the cookie of a device at the root of the same host, and
     * two different tokens count as none.
     */
    private static String nameCookie(String basePath) {
        return WebContext.COOKIE + basePath.replace('/', '.');
    }

    /**
     * All different tokens of a request. There are several if another server under the same host name has set the cookie too.
     *
     * @param headers returns all values of a header by its name
     * @param basePath of the request, see {@link WebContext#BASE_PATH}
     */
    public static Set<String> readTokens(Function<String, List<String>> headers, String basePath) {
        String prefix = nameCookie(basePath) + "=";
        return headers.apply("Cookie").stream().flatMap(header -> Arrays.stream(header.split(";"))).map(String::strip)
                .filter(cookie -> cookie.startsWith(prefix)).map(cookie -> cookie.substring(prefix.length())).collect(Collectors.toSet());
    }
}
