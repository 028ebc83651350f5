package org.catseye.plugins;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a jar would change if it was installed.
 *
 * @param fileName as the user named it
 * @param installedVersion the version that would be replaced; empty for a new plug-in
 * @param problems why the plan cannot be applied, as sentences; empty if it can
 * @param warnings what the user should know before they apply it, as sentences
 * @param targets the targets whose devices would be replaced
 * @param newPermissions the declared permissions that the installed version does not declare
 */
public record PluginPlan(String id, Instant expires, String fileName, PluginDescription plugin, Kind kind, Optional<String> installedVersion,
        List<String> problems, List<String> warnings, List<AffectedTarget> targets, List<String> newPermissions) {

    /** How the version differs from the installed one. */
    public enum Kind { INSTALL, UPDATE, SAME_VERSION, STEP_BACK }

    public PluginPlan {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        targets = List.copyOf(targets);
        newPermissions = List.copyOf(newPermissions);
    }

    /** Whether the plan can be applied. */
    public boolean isApplicable() {
        return problems.isEmpty();
    }

    /**
     * A target whose device would be replaced.
     *
     * @param viewers how many viewers it has
     */
    public record AffectedTarget(String target, int viewers) {
    }
}
