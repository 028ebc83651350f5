package org.catseye.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.catseye.access.AccessControl;

/**
 * The cookie by which a browser is recognised at the next login, see {@link AccessControl#issueDeviceToken}. It gives no
 * access, and stays when the user logs out.
 */
public final class DeviceCookie {

    private static final CookieFormat FORMAT = new CookieFormat("catseye-device");

    private DeviceCookie() {
    }

    /** Gives the browser a token. Without effect if it is empty. */
    public static void setToken(HttpServletRequest request, HttpServletResponse response, String token) {
        if (!token.isEmpty()) {
            response.addHeader("Set-Cookie", FORMAT.formatCookie(request, token) + "; Max-Age=" + AccessControl.DEVICE_TOKEN_LIFETIME.toSeconds());
        }
    }

    /**
     * The token of a request; empty if there is none, or if there are several different ones.
     *
     * @param headers returns all values of a header by its name
     * @param basePath of the request, see {@link org.catseye.web.WebContext#BASE_PATH}
     */
    public static Optional<String> readToken(Function<String, List<String>> headers, String basePath) {
        return Optional.of(FORMAT.readValues(headers, basePath)).filter(values -> values.size() == 1).map(values -> values.iterator().next());
    }
}
