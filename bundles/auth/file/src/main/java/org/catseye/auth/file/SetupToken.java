package org.catseye.auth.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.catseye.secrets.SecretFile;
import org.catseye.secrets.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one-time token that proves that who claims a new device can read its log: 256 random bits in {@code setup-token}, the same
 * after a restart, gone with the claim. Thread-safe.
 */
final class SetupToken {

    private static final Logger LOG = LoggerFactory.getLogger(SetupToken.class);

    private final SecretFile file;
    private volatile String token = "";

    SetupToken(SecretFile file) {
        this.file = file;
    }

    /** Reads or makes the token. Without a disk it holds until the restart. */
    void load() {
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
            LOG.warn("{} cannot be kept: {}. The next start prints another token.", file.path(), SecretFile.why(e));
        }
    }

    String value() {
        return token;
    }

    boolean matches(String other) {
        return !token.isEmpty() && Secrets.same(token, other);
    }

    /** The device is claimed: the token opens nothing any more. */
    void delete() {
        token = "";
        try {
            file.delete();
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}. It opens nothing any more.", file.path(), SecretFile.why(e));
        }
    }
}
