package org.catseye.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of a configuration, as an immutable snapshot.
 *
 * @param form its form
 * @param configured the configuration
 * @param file the name of its file, which exists if it has values
 * @param changedBy what changed it last since the start; empty if nothing did
 * @param values by key: the settings of the form that are set, without secrets
 * @param secrets the keys of the secrets that are set
 * @param unknown settings in the file that have no effect, with a remedy for each
 * @param version changes with each change of a value
 */
public record SettingsState(SettingsForm form, SettingsForm.Configured configured, String file, Optional<Writer> changedBy,
        Map<String, List<String>> values, Set<String> secrets, Map<String, String> unknown, String version) {

    public SettingsState {
        values = Map.copyOf(values);
        secrets = Set.copyOf(secrets);
        unknown = Map.copyOf(unknown);
    }

    /** What can change a configuration: an editor in its file, or a form. */
    public enum Writer { FILE, FORM }
}
