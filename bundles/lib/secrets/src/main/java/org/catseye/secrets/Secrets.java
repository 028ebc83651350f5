package org.catseye.secrets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Creates, hashes and compares random tokens. Thread-safe. */
public final class Secrets {

    /** Number of characters in a token: 256 random bits in URL-safe Base64 without padding. */
    public static final int TOKEN_CHARS = 43;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {
    }

    public static byte[] random(int bytes) {
        byte[] result = new byte[bytes];
        RANDOM.nextBytes(result);
        return result;
    }

    /** Creates a token of 256 random bits. It can be used in a URL or a cookie without encoding. */
    public static String token() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
    }

    /** The SHA-256 hash. Sufficient for a token of 256 random bits, which no attacker can guess, but never for a password. */
    public static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Compares in constant time, so that the duration does not reveal how many characters match. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(digest(one), digest(other));
    }
}
