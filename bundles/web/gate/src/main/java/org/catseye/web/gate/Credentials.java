package org.catseye.web.gate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.catseye.web.WebContext;

/**
 * The token a request brings.
 *
 * @param byCookie a browser sends a cookie on its own, also when a foreign page made it ask; an Authorization header it does not
 */
record Credentials(String token, boolean byCookie) {

    private static final String BEARER = "bearer ";

    static Optional<Credentials> of(Function<String, List<String>> headers) {
        List<String> bearers = headers.apply("Authorization").stream().filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER)).toList();
        if (!bearers.isEmpty()) {
            return bearers.size() > 1 ? Optional.empty() : Optional.of(new Credentials(bearers.get(0).substring(BEARER.length()).strip(), false));
        }
        Set<String> cookies = headers.apply("Cookie").stream().flatMap(header -> List.of(header.split(";")).stream())
                .map(String::strip).filter(cookie -> cookie.startsWith(WebContext.COOKIE + "="))
                .map(cookie -> cookie.substring(WebContext.COOKIE.length() + 1)).collect(Collectors.toSet());
        // Two different ones: another server under this host name slipped one in. It is not for us to guess which is right.
        return cookies.size() == 1 ? Optional.of(new Credentials(cookies.iterator().next(), true)) : Optional.empty();
    }

    /** Holds a secret. */
    @Override
    public String toString() {
        return "Credentials[" + (byCookie ? "cookie]" : "bearer]");
    }
}
