package org.catseye.rfb.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * VNC Authentication (RFC 6143, section 7.2.2): the challenge encrypted with DES, whose key is the password. It protects only against
 * users who guess; anyone who reads the connection can try all passwords.
 */
public final class VncChallenge {

    public static final int BYTES = 16;
    /** Further characters of a password do not count. */
    public static final int MAX_PASSWORD_BYTES = 8;

    private VncChallenge() {
    }

    /** @param challenge {@value #BYTES} bytes @param password characters of ISO 8859-1 */
    public static byte[] answerChallenge(byte[] challenge, String password) {
        byte[] key = Arrays.copyOf(password.getBytes(StandardCharsets.ISO_8859_1), MAX_PASSWORD_BYTES);
        for (int i = 0; i < key.length; i++) {
            // VNC's own DES counts the bits of the key from the other end.
            key[i] = (byte) (Integer.reverse(key[i]) >>> 24);
        }
        try {
            Cipher cipher = Cipher.getInstance("DES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"));
            return cipher.doFinal(challenge);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has DES", e);
        }
    }
}
