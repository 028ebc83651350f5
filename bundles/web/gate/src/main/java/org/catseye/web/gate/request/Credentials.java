package org.catseye.web.gate.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.catseye.access.Session;
import org.catseye.http.SessionCookie;

/**
 * The token of a request. Players and restreamers that support only a user name and a password send it as the password.
 *
 * @param ambient whether a browser sends it by itself, even if a page of another site caused the request: a cookie, or the password of HTTP Basic
 * @param cookie whether it came as the cookie, which is for logins; everything else is for API tokens
 */
public record Credentials(String token, boolean ambient, boolean cookie) {

    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    /**
     * The credentials of a request, in the order in which they count: the first that has a session. A Bearer token counts alone. A cookie comes before
     * the password of HTTP Basic, which may be meant for a proxy that asks for a password of its own.
     *
     * @param basePath of the request, see {@link org.catseye.web.WebContext#BASE_PATH}
     */
    public static List<Credentials> readCredentials(Function<String, List<String>> headers, String basePath) {
        List<String> authorizations = headers.apply("Authorization").stream()
                .filter(value -> hasScheme(value, BEARER) || hasScheme(value, BASIC)).toList();
        if (authorizations.stream().anyMatch(value -> hasScheme(value, BEARER))) {
            return authorizations.size() > 1 ? List.of() : List.of(new Credentials(authorizations.get(0).substring(BEARER.length()).strip(), false, false));
        }
        List<Credentials> found = new ArrayList<>();
        Set<String> tokens = SessionCookie.readTokens(headers, basePath);
        // With two different ones, another server under this host name has added one, and it is impossible to tell which.
        if (tokens.size() == 1) {
            found.add(new Credentials(tokens.iterator().next(), true, true));
        }
        if (authorizations.size() == 1) {
            parseBasic(authorizations.get(0)).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /**
     * Whether the token came in the way that is meant for its kind. An API token as the cookie would have the power of a program in a browser, and
     * another site could make that browser use it; a login as a Bearer token would escape the check of the Origin.
     */
    public boolean isMeantFor(Session session) {
        return session.isApiToken() != cookie;
    }

    private static Optional<Credentials> parseBasic(String value) {
        try {
            String pair = new String(Base64.getDecoder().decode(value.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(new Credentials(pair.substring(colon + 1), true, false));
        } catch (IllegalArgumentException e) {
            // It is not Base64, so it holds no token of this device.
            return Optional.empty();
        }
    }

    private static boolean hasScheme(String value, String scheme) {
        return value.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    /** Without the token, which is a secret. */
    @Override
    public String toString() {
        return "Credentials[" + (ambient ? "ambient]" : "bearer]");
    }
}
