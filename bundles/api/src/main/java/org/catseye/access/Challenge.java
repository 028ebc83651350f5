package org.catseye.access;

import java.net.URI;
import java.util.Objects;

/** A task that the browser must complete to prove the identity of its user. */
public sealed interface Challenge {

    /**
     * Sends the browser to another login page, which redirects back with parameters in the URL.
     *
     * @param location an absolute URL: {@code https}, or {@code http} for this machine
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
     * Options that the page passes to a browser API such as {@code navigator.credentials.get}. The page sends the result back.
     *
     * @param json a JSON object
     */
    record Options(String json) implements Challenge {
        public Options {
            Objects.requireNonNull(json, "json");
        }
    }
}
