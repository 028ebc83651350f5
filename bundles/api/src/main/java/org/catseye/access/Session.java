package org.catseye.access;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** A login of a user, or an API token of a program. Contains no secret. Thread-safe. */
@ProviderType
public interface Session {

    /** The user's name. */
    String user();

    /** When the session expires. */
    Instant expires();

    /** The address from which the session was opened; empty if unknown. */
    default String address() {
        return "";
    }

    /**
     * Whether this is an API token of a program, and not the login of a user. The two are not interchangeable: a request brings an API token in
     * the header {@code Authorization}, and a login only as the cookie.
     */
    default boolean isApiToken() {
        return false;
    }

    /** Whether the session is valid. Becomes false when it expires, is logged out or is revoked, and never becomes true again. */
    boolean valid();

    /**
     * Runs {@code action} once when the session ends, on any thread. If the session has already ended, the action runs
     * immediately. It must not block.
     *
     * @param action what to do when the session ends
     * @return close it to cancel the registration
     */
    Registration onEnd(Runnable action);

    /** A registration that can be cancelled. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
