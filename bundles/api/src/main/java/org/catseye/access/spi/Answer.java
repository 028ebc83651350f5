package org.catseye.access.spi;

import java.util.Objects;

/** What an authenticator says of a user. */
public sealed interface Answer {

    /** It is he, and he may come in. */
    record Known(Identity identity) implements Answer {
        public Known {
            Objects.requireNonNull(identity, "identity");
        }
    }

    /** A user of mine, but the password is wrong, or he may not come in. */
    record Refused() implements Answer {
    }

    /** I know nobody of this name. */
    record NotMine() implements Answer {
    }

    /**
     * I cannot tell just now.
     *
     * @param reason for the log of the device, in words; holds no secret
     */
    record Unavailable(String reason) implements Answer {
        public Unavailable {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
