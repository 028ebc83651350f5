package org.catseye.plugins.health;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a bundle uses, as an immutable snapshot that is some seconds old.
 *
 * @param bundle symbolic name; for a plug-in it is also its id
 * @param plugin whether it is a plug-in; only these have limits
 * @param since when the condition was first observed, without a fraction of a second; empty if it is OK
 * @param reason the condition as sentences for the user; empty if it is OK
 * @param exceeded the limits that it is over, or was over when it was stopped
 * @param figures what was measured; a figure that is not known is missing
 */
public record BundleHealth(String bundle, boolean plugin, HealthCondition condition, Optional<Instant> since, String reason, List<ExceededLimit> exceeded,
        Map<HealthFigure, Double> figures) {

    public BundleHealth {
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(reason, "reason");
        exceeded = List.copyOf(exceeded);
        figures = Map.copyOf(figures);
    }
}
