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
 * @param concerns what the user has to agree to before the plan can be applied; empty if nothing
 */
public record PluginPlan(String id, Instant expires, String fileName, PluginDescription plugin, Kind kind, Optional<String> installedVersion,
        List<String> problems, List<String> warnings, List<AffectedTarget> targets, List<String> newPermissions,
        List<Concern> concerns) {

    /** How the version differs from the installed one. */
    public enum Kind { INSTALL, UPDATE, SAME_VERSION, STEP_BACK }

    public PluginPlan {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        targets = List.copyOf(targets);
        newPermissions = List.copyOf(newPermissions);
        concerns = List.copyOf(concerns);
    }

    /** The same plan with another assessment of the signature. */
    public PluginPlan withAssessment(PluginDescription.Signature signature, List<Concern> other) {
        return new PluginPlan(id, expires, fileName, plugin.withSignature(signature), kind, installedVersion, problems, warnings, targets, newPermissions, other);
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

    /**
     * Something that the user has to agree to.
     *
     * @param detail as {@link ConcernKind} says
     */
    public record Concern(ConcernKind kind, String detail) {
    }

    /** Why an agreement is needed. */
    public enum ConcernKind {
        /** The signature is not {@link PluginDescription.Signature.Kind#TRUSTED}. No detail. */
        UNTRUSTED,
        /** The version before was signed by the trusted maker in the detail, and this one is not. */
        CHANGED_MAKER,
        /** The plug-in was removed, and the version in the detail, which is higher, ran before. */
        OLDER_VERSION,
        /** It declares the permissions in the detail in addition to those of the installed version. Without detail, it no longer declares any. */
        NEW_PERMISSIONS
    }
}
