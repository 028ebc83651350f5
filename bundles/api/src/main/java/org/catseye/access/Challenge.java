package org.catseye.access;

import java.net.URI;
import java.util.Objects;

/** What a user has to answer to prove their identity. */
public sealed interface Challenge {

    /**
     * The browser goes to another login page, which sends it back with parameters in the address.
     *
     * @param location absolute, {@code https}, or {@code http} to this machine
     */
    record Redirect(URI location) implements Challenge {
        public Redirect {
            Objects.requireNonNull(location, "location");
            if (!location.isAbsolute() || !location.getScheme().matches("https?")) {
                throw new IllegalArgumentException("a redirect needs an absolute https address");
            }
        }
    }

    /**
     * The page passes these options to an interface of the browser, such as {@code navigator.credentials.get}, and sends back its result.
     *
     * @param json an object
     */
    record Options(String json) implements Challenge {
        public Options {
            Objects.requireNonNull(json, "json");
        }
    }
}
