package org.catseye.web.gate;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.catseye.web.WebContext;

/**
 * The token a request brings. Players and restreamers that can only be given a name and a password have it as the password.
 *
 * @param ambient a browser sends it on its own, also when a foreign page made it ask: a cookie, or what its user typed for HTTP Basic
 */
record Credentials(String token, boolean ambient) {

    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    static Optional<Credentials> of(Function<String, List<String>> headers) {
        List<String> known = headers.apply("Authorization").stream().filter(value -> begins(value, BEARER) || begins(value, BASIC)).toList();
        if (!known.isEmpty()) {
            return known.size() > 1 ? Optional.empty() : authorization(known.get(0));
        }
        Set<String> cookies = headers.apply("Cookie").stream().flatMap(header -> List.of(header.split(";")).stream())
                .map(String::strip).filter(cookie -> cookie.startsWith(WebContext.COOKIE + "="))
                .map(cookie -> cookie.substring(WebContext.COOKIE.length() + 1)).collect(Collectors.toSet());
        // Two different ones: another server under this host name slipped one in. It is not for us to guess which is right.
        return cookies.size() == 1 ? Optional.of(new Credentials(cookies.iterator().next(), true)) : Optional.empty();
    }

    private static Optional<Credentials> authorization(String value) {
        if (begins(value, BEARER)) {
            return Optional.of(new Credentials(value.substring(BEARER.length()).strip(), false));
        }
        try {
            String pair = new String(Base64.getDecoder().decode(value.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(new Credentials(pair.substring(colon + 1), true));
        } catch (IllegalArgumentException e) {
            // No Base64: nothing that we gave anybody.
            return Optional.empty();
        }
    }

    private static boolean begins(String value, String scheme) {
        return value.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    /** Holds a secret. */
    @Override
    public String toString() {
        return "Credentials[" + (ambient ? "ambient]" : "bearer]");
    }
}
