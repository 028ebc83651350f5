package org.catseye.settings;

import java.util.List;
import java.util.Optional;

/**
 * A setting of a form.
 *
 * @param id the key
 * @param name as the bundle describes it
 * @param help as the bundle describes it; may be empty
 * @param kind what its values are
 * @param list whether it has several values
 * @param defaults the value if it is not set: several for a list, none or one otherwise. Always empty for a secret
 * @param min the smallest number, if there is a limit
 * @param max the largest number, if there is a limit
 * @param options the allowed values; empty if others are allowed too
 * @param required whether it must be set, because it has no default
 */
public record SettingsField(String id, String name, String help, Kind kind, boolean list, List<String> defaults, Optional<String> min,
        Optional<String> max, List<Option> options, boolean required) {

    public SettingsField {
        defaults = List.copyOf(defaults);
        options = List.copyOf(options);
    }

    /** What the values of a setting are. */
    public enum Kind { TEXT, INTEGER, DECIMAL, FLAG, SECRET }

    /**
     * An allowed value.
     *
     * @param value the value
     * @param label what users see
     */
    public record Option(String value, String label) {
    }
}
