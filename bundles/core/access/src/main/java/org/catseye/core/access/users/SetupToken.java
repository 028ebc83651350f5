package org.catseye.core.access.users;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.catseye.secrets.SecretFile;
import org.catseye.secrets.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one-time token that proves that the person who claims a new device can read its log: 256 random bits in {@code setup-token}. It stays the
 * same after a restart and is deleted with the claim. Thread-safe.
 */
final class SetupToken {

    private static final Logger LOG = LoggerFactory.getLogger(SetupToken.class);

    private final SecretFile file;
    private volatile String token = "";

    SetupToken(SecretFile file) {
        this.file = file;
    }

    /** Reads the token, or creates one. If it can't be saved, it is valid until the restart. */
    void loadOrCreate() {
        try {
            String kept = new String(file.read().orElse(new byte[0]), StandardCharsets.US_ASCII).strip();
            if (kept.matches("[A-Za-z0-9_-]{" + Secrets.TOKEN_CHARS + "}")) {
                token = kept;
                return;
            }
            token = Secrets.token();
            file.write((token + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            token = Secrets.token();
            LOG.warn("{} cannot be saved: {}. The next start prints another token.", file.path(), SecretFile.why(e));
        }
    }

    String value() {
        return token;
    }

    boolean matches(String other) {
        return !token.isEmpty() && Secrets.same(token, other);
    }

    /** The device has an owner: the token is void. */
    void deleteToken() {
        token = "";
        try {
            file.delete();
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}. It is void.", file.path(), SecretFile.why(e));
        }
    }
}
