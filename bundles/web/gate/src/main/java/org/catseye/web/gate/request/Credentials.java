package org.catseye.web.gate.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.catseye.access.Session;
import org.catseye.http.BasicCredentials;
import org.catseye.http.SessionCookie;

/**
 * The token of a request. Players and restreamers that support only a user name and a password send it as the password.
 *
 * @param ambient whether a browser sends it by itself, even if a page of another site caused the request: a cookie, or the password of HTTP Basic
 * @param forLogins whether it came as the cookie or in the header of Redfish sessions, which are for logins; everything else is for API tokens
 */
public record Credentials(String token, boolean ambient, boolean forLogins) {

    private static final String BEARER = "bearer ";
    private static final String REDFISH_TOKEN = "X-Auth-Token";

    /**
     * The credentials of a request, in the order in which they count: the first that has a session. A Bearer token counts alone. A cookie comes before
     * the password of HTTP Basic, which may be meant for a proxy that asks for a password of its own.
     *
     * @param basePath of the request, see {@link org.catseye.web.WebContext#BASE_PATH}
     */
    public static List<Credentials> readCredentials(Function<String, List<String>> headers, String basePath) {
        List<String> authorizations = headers.apply("Authorization").stream()
                .filter(value -> isBearer(value) || BasicCredentials.isBasic(value)).toList();
        if (authorizations.stream().anyMatch(value -> isBearer(value))) {
            return authorizations.size() > 1 ? List.of() : List.of(new Credentials(authorizations.get(0).substring(BEARER.length()).strip(), false, false));
        }
        List<Credentials> found = new ArrayList<>();
        Set<String> tokens = SessionCookie.readTokens(headers, basePath);
        // With two different ones, another server under this host name has added one, and it is impossible to tell which.
        if (tokens.size() == 1) {
            found.add(new Credentials(tokens.iterator().next(), true, true));
        }
        if (authorizations.size() == 1) {
            BasicCredentials.parseHeader(authorizations.get(0)).ifPresent(given -> found.add(new Credentials(given.password(), true, false)));
        }
        return List.copyOf(found);
    }

    /**
     * The credentials of a request to the Redfish service, except those of HTTP Basic, see {@link BasicLogins}. The token of a Redfish session
     * counts alone. A page of another site can't make a browser send it.
     *
     * @param basePath as in {@link #readCredentials}
     */
    public static List<Credentials> readRedfish(Function<String, List<String>> headers, String basePath) {
        List<String> tokens = headers.apply(REDFISH_TOKEN);
        if (!tokens.isEmpty()) {
            return tokens.size() > 1 ? List.of() : List.of(new Credentials(tokens.get(0).strip(), false, true));
        }
        return readCredentials(name -> headers.apply(name).stream().filter(value -> !BasicCredentials.isBasic(value)).toList(), basePath);
    }

    /**
     * Whether the token came in the way that is meant for its kind. An API token as the cookie would have the power of a program in a browser, and
     * another site could make that browser use it; a login as a Bearer token would escape the check of the Origin.
     */
    public boolean isMeantFor(Session session) {
        return session.isApiToken() != forLogins;
    }

    private static boolean isBearer(String value) {
        return value.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /** Without the token, which is a secret. */
    @Override
    public String toString() {
        return "Credentials[" + (ambient ? "ambient]" : "bearer]");
    }
}
