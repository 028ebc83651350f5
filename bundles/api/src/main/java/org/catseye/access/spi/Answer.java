package org.catseye.access.spi;

import java.util.Objects;

/** The answer of an authenticator about a user. */
public sealed interface Answer {

    /** The user is confirmed and may log in. */
    record Known(Identity identity) implements Answer {
        public Known {
            Objects.requireNonNull(identity, "identity");
        }
    }

    /** There is such a user, but the proof is wrong, or the user may not log in. */
    record Refused() implements Answer {
    }

    /** There is no user of this name. */
    record NotMine() implements Answer {
    }

    /**
     * The authenticator can't answer currently.
     *
     * @param reason for the log of the device; contains no secret
     */
    record Unavailable(String reason) implements Answer {
        public Unavailable {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
