package org.catseye.plugins;

import java.time.Instant;
import java.util.List;
import org.catseye.plugins.PluginPlan.AffectedTarget;

/**
 * What would change if a feature was switched on or off.
 *
 * @param feature its id
 * @param on whether it would be switched on
 * @param problems why the plan cannot be applied, as sentences; empty if it can
 * @param warnings what the user should know before they apply it, as sentences
 * @param starts the bundles that would be installed and started
 * @param stops the bundles that would be stopped and uninstalled; those that another feature needs stay
 * @param targets the targets that would lose a device
 */
public record FeaturePlan(String id, Instant expires, String feature, String name, boolean on, List<String> problems, List<String> warnings, List<String> starts,
        List<String> stops, List<AffectedTarget> targets) {

    public FeaturePlan {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        starts = List.copyOf(starts);
        stops = List.copyOf(stops);
        targets = List.copyOf(targets);
    }

    /** Whether the plan can be applied. */
    public boolean isApplicable() {
        return problems.isEmpty();
    }
}
