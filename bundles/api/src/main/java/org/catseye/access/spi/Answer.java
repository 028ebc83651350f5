package org.catseye.access.spi;

import java.util.Objects;

/** The answer of an authenticator to a question about a user. */
public sealed interface Answer {

    /**
     * The user is confirmed and may log in.
     *
     * @param identity the user and their rights
     */
    record Known(Identity identity) implements Answer {
        public Known {
            Objects.requireNonNull(identity, "identity");
        }
    }

    /** The user exists, but the proof is wrong or the user may not log in. */
    record Refused() implements Answer {
    }

    /** This authenticator has no user with this name. */
    record NotMine() implements Answer {
    }

    /**
     * The authenticator currently can't answer.
     *
     * @param reason a message for the device log; contains no secret
     */
    record Unavailable(String reason) implements Answer {
        public Unavailable {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
