package org.catseye.options;

import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;

/**
 * The settings of a component, or what is wrong with them. A component parses its settings when it is activated, and reports a bad value
 * when it is used. Immutable.
 *
 * @param <T> the settings; immutable
 */
public final class CheckedSettings<T> {

    /** Reads and checks all values. */
    @FunctionalInterface
    public interface Parser<T> {

        /** @throws BadValueException with the configuration, key and value, and the values that are allowed */
        T parseSettings(Map<String, ?> properties) throws BadValueException;
    }

    private final Optional<T> settings;
    private final Optional<BadValueException> fault;

    private CheckedSettings(Optional<T> settings, Optional<BadValueException> fault) {
        this.settings = settings;
        this.fault = fault;
    }

    /** Parses the properties of a component. Never fails because of a bad value. */
    public static <T> CheckedSettings<T> parseProperties(Map<String, ?> properties, Parser<T> parser) {
        try {
            return new CheckedSettings<>(Optional.of(parser.parseSettings(properties)), Optional.empty());
        } catch (BadValueException e) {
            return new CheckedSettings<>(Optional.empty(), Optional.of(e));
        }
    }

    /** The settings; empty if a value is bad. */
    public Optional<T> findValid() {
        return settings;
    }

    /** The settings. @throws BadValueException if a value is bad; describes it */
    public T requireValid() throws BadValueException {
        if (fault.isPresent()) {
            throw fault.get();
        }
        return settings.orElseThrow();
    }
}
