package org.catseye.core.access.login;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.catseye.access.AccessControl;
import org.catseye.secrets.SecretFile;
import org.catseye.secrets.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognises browsers with which users have logged in, by a signed token that the browser keeps: {@code <payload>.<HMAC-SHA256>}, both in
 * URL-safe Base64. The payload has a random id, the end of its validity in seconds since the epoch, and the user. The device stores only the
 * key, so the number of browsers is not limited. Thread-safe.
 */
public final class KnownDevices {

    private static final Logger LOG = LoggerFactory.getLogger(KnownDevices.class);

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 12;
    private static final int MAX_TOKEN_CHARS = 512;

    private final SecretFile file;
    private final InstantSource time;
    /** Guarded by this; null until it is needed. */
    private SecretKeySpec key;

    /** @param file the key; written when the first token is issued */
    public KnownDevices(SecretFile file, InstantSource time) {
        this.file = file;
        this.time = time;
    }

    /**
     * A browser.
     *
     * @param id differs from those of all other browsers
     * @param user whose browser it is, as {@link LoginAttempts} compares users
     */
    record KnownDevice(String id, String user) {
    }

    /** A new token for the browser with which this user has just logged in. */
    public String issueToken(String user) {
        String payload = encode(Secrets.random(ID_BYTES)) + "." + time.instant().plus(AccessControl.DEVICE_TOKEN_LIFETIME).getEpochSecond() + "." + LoginAttempts.userKey(user);
        String signed = encode(payload.getBytes(StandardCharsets.UTF_8));
        return signed + "." + encode(sign(signed));
    }

    /** Whose browser a token belongs to; empty unless it was issued here and is still valid. */
    Optional<KnownDevice> findDevice(String token) {
        int dot = token.indexOf('.');
        if (dot < 0 || token.length() > MAX_TOKEN_CHARS) {
            return Optional.empty();
        }
        String signed = token.substring(0, dot);
        try {
            if (!MessageDigest.isEqual(sign(signed), Base64.getUrlDecoder().decode(token.substring(dot + 1)))) {
                return Optional.empty();
            }
            String[] parts = new String(Base64.getUrlDecoder().decode(signed), StandardCharsets.UTF_8).split("\\.", 3);
            boolean valid = time.instant().getEpochSecond() < Long.parseLong(parts[1]);
            return valid ? Optional.of(new KnownDevice(parts[0], parts[2])) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether a token is valid, for whichever user. */
    public boolean isKnownDevice(String token) {
        return findDevice(token).isPresent();
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(findKey());
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private synchronized SecretKeySpec findKey() {
        if (key == null) {
            key = new SecretKeySpec(readKey(), ALGORITHM);
        }
        return key;
    }

    /** A key that cannot be read or stored lasts until the next start. Browsers are strangers then, as before their first login. */
    private byte[] readKey() {
        try {
            Optional<byte[]> stored = file.read();
            if (stored.isPresent() && stored.get().length == KEY_BYTES) {
                return stored.get();
            }
            byte[] made = Secrets.random(KEY_BYTES);
            file.write(made);
            return made;
        } catch (IOException e) {
            LOG.warn("The key in {} cannot be read or stored, so no browser is recognised after the next start: {}", file.path(), SecretFile.why(e));
            return Secrets.random(KEY_BYTES);
        }
    }
}
