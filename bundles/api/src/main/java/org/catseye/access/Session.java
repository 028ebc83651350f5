package org.catseye.access;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** A login of a user, or an API token of a program. Contains no secret. Thread-safe. */
@ProviderType
public interface Session {

    /** The user's name. */
    String user();

    Instant expires();

    /** The address from which it was opened; empty if unknown. */
    default String address() {
        return "";
    }

    /** False from the moment it expires, is logged out or is revoked; never true again. */
    boolean valid();

    /**
     * Runs {@code action} once when the session ends, on any thread, at once if it has ended; it must not block. Close the
     * result to be forgotten.
     */
    Registration onEnd(Runnable action);

    /** Undoes a registration. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
