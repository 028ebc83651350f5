package org.catseye.settings;

import java.util.List;
import java.util.Optional;

/**
 * The settings of a part of the product, and its configurations.
 *
 * @param pid the PID of the configuration, or of the factory
 * @param title as the bundle describes it
 * @param description as the bundle describes it; may be empty
 * @param group where users look for it
 * @param bundle the symbolic name of the bundle
 * @param running whether the bundle is running. If not, the settings have no effect until it does
 * @param single whether there is one configuration with this PID
 * @param several whether there are configurations named {@code pid~name}
 * @param lockReason why the settings can only be changed in the file; empty if they can be saved
 * @param fields the settings, in the order of the form
 * @param configurations by PID. A form with a single one lists it even if it has no values
 */
public record SettingsForm(String pid, String title, String description, Group group, String bundle, boolean running, boolean single, boolean several,
        Optional<String> lockReason, List<SettingsField> fields, List<Configured> configurations) {

    public SettingsForm {
        fields = List.copyOf(fields);
        configurations = List.copyOf(configurations);
    }

    /** Where users look for a form. */
    public enum Group { COMPUTERS, INPUT, POWER, MEDIA, WEB, BOARD, OTHER }

    /**
     * A configuration of the form.
     *
     * @param pid its PID
     * @param title the name that its values give it; otherwise the name in the PID or the title of the form
     * @param target the id of the target that it belongs to; empty if the form has no such setting
     * @param stored whether it has values; otherwise the defaults apply
     * @param problem the first value that can't be used, in words; empty if there is none
     */
    public record Configured(String pid, String title, Optional<String> target, boolean stored, Optional<String> problem) {
    }
}
