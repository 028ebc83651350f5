package org.catseye.core.config.settings;

import java.util.Optional;
import java.util.Set;

/**
 * What a bundle's Metatype file says about a PID.
 *
 * @param keys its settings
 * @param single whether there is one configuration with this PID
 * @param several whether there are configurations named {@code pid~name}
 */
public record Form(Set<String> keys, boolean single, boolean several) {

    public Form {
        keys = Set.copyOf(keys);
    }

    /** Finds the form of a PID or of a factory. */
    @FunctionalInterface
    public interface Finder {

        /** Empty if no bundle describes it, so that nothing is known about its settings. */
        Optional<Form> findForm(String pid);
    }
}
