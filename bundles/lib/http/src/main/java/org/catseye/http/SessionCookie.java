package org.catseye.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.catseye.web.WebContext;

/** The cookie that carries the token of a browser's session. Scripts can't read it, and other sites can't make a browser send it. */
public final class SessionCookie {

    private static final CookieFormat FORMAT = new CookieFormat(WebContext.COOKIE);

    private SessionCookie() {
    }

    /** Gives the browser a token. The cookie is marked Secure if the request came over TLS. */
    public static void setToken(HttpServletRequest request, HttpServletResponse response, String token) {
        response.addHeader("Set-Cookie", FORMAT.formatCookie(request, token));
    }

    /** Removes the cookie from the browser. */
    public static void removeToken(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", FORMAT.formatCookie(request, "") + "; Max-Age=0");
    }

    /**
     * All different tokens of a request. There are several if another server under the same host name has set the cookie too.
     *
     * @param headers returns all values of a header by its name
     * @param basePath of the request, see {@link WebContext#BASE_PATH}
     */
    public static Set<String> readTokens(Function<String, List<String>> headers, String basePath) {
        return FORMAT.readValues(headers, basePath);
    }
}
