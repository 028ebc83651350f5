package org.catseye.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** User name and password as HTTP Basic sends them (RFC 7617). */
public record BasicCredentials(String user, String password) {

    private static final String SCHEME = "basic ";

    /** Whether a value of the header Authorization is one of HTTP Basic, well-formed or not. */
    public static boolean isBasic(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** @return empty if the value of the header Authorization is not a well-formed one of HTTP Basic */
    public static Optional<BasicCredentials> parseHeader(String authorization) {
        if (!isBasic(authorization)) {
            return Optional.empty();
        }
        try {
            String pair = new String(Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            // It is not Base64.
            return Optional.empty();
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "BasicCredentials[" + user + "]";
    }
}
