package org.catseye.core.access.session;

import java.time.Instant;
import java.util.Optional;
import org.catseye.access.spi.Identity;

/**
 * What {@code sessions.json} keeps of a session.
 *
 * @param hash hexadecimal SHA-256 of the token
 * @param stamp the user's at login; for an API token {@link Identity#tokenStamp}
 * @param address from which it was opened
 * @param token present for an API token
 * @param authenticator the one that confirmed the user
 * @param proved when the user last proved their identity; empty if that was too long ago, and for an API token
 */
public record SessionRecord(String hash, String user, String stamp, Instant created, Instant used, String address, Optional<ApiToken> token,
        String authenticator, Optional<Instant> proved) {

    static final int ID_CHARS = 16;

    /** The name of the session where it may be visible; grants no access. */
    public String id() {
        return hash.substring(0, ID_CHARS);
    }

    /** Without the hash and the stamp. */
    @Override
    public String toString() {
        return "SessionRecord[" + user + "]";
    }
}
