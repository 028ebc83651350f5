package org.catseye.power.http.exchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.secrets.SecretText;
import org.catseye.secrets.Secrets;

/**
 * How Catseye logs in at a device: with a token, or with a user name and password. The password is sent as HTTP Basic, or, to a device
 * that asks for it, as a digest with SHA-256 (RFC 7616), which Shelly devices of the second and later generations require.
 *
 * @param user the user's name; empty for none
 * @param password the user's password
 * @param token a bearer token; empty for none
 * @param digestOnly whether the password is never sent itself
 */
public record Credentials(String user, SecretText password, SecretText token, boolean digestOnly) {

    private static final int CLIENT_NONCE_BYTES = 12;
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]+))");

    /** The header {@code Authorization} of a first request; empty if there are no credentials. */
    Optional<String> authorizeFirst() {
        if (!token.isEmpty()) {
            return Optional.of("Bearer " + token.reveal());
        }
        if (user.isEmpty() || digestOnly) {
            return Optional.empty();
        }
        String pair = user + ":" + password.reveal();
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** The header for a repeated request, after a challenge that this class can answer; empty otherwise. */
    Optional<String> answerChallenge(String challenge, String method, String uri) {
        String realm = findParameter(challenge, "realm");
        String nonce = findParameter(challenge, "nonce");
        boolean supported = challenge.toLowerCase(Locale.ROOT).startsWith("digest ") && findParameter(challenge, "algorithm").equalsIgnoreCase("SHA-256")
            && findParameter(challenge, "qop").matches("(?i)(.*[, ])?auth([, ].*)?");
        if (user.isEmpty() || !supported) {
            return Optional.empty();
        }
        String client = HexFormat.of().formatHex(Secrets.random(CLIENT_NONCE_BYTES));
        String response = hash(hash(user + ":" + realm + ":" + password.reveal()) + ":" + nonce + ":00000001:" + client + ":auth:"
            + hash(method + ":" + uri));
        return Optional.of("Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri
            + "\", algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"" + client + "\", response=\"" + response + "\"");
    }

    private static String findParameter(String challenge, String name) {
        Matcher parameters = PARAMETER.matcher(challenge);
        while (parameters.find()) {
            if (parameters.group(1).equalsIgnoreCase(name)) {
                return parameters.group(2) != null ? parameters.group(2) : parameters.group(3);
            }
        }
        return "";
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
