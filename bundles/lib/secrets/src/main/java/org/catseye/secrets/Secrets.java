package org.catseye.secrets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Random tokens, and how they are compared and kept. Thread-safe. */
public final class Secrets {

    /** Characters of a token: 256 random bits in URL-safe Base64 without padding. */
    public static final int TOKEN_CHARS = 43;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {
    }

    public static byte[] random(int bytes) {
        byte[] result = new byte[bytes];
        RANDOM.nextBytes(result);
        return result;
    }

    /** 256 random bits; can stand in a URL or a cookie as it is. */
    public static String token() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
    }

    /** SHA-256. Enough for a token of 256 random bits, which nobody can try through; never for a password. */
    public static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Compares in a time that does not tell how much is right. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(digest(one), digest(other));
    }
}
