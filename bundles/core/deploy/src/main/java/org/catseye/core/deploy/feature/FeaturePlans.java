package org.catseye.core.deploy.feature;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.catseye.plugins.FeaturePlan;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;

/** The plans that were made and not applied yet. Thread-safe. */
final class FeaturePlans {

    static final int MAX_PLANS = 10;
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private final Clock clock;
    /** Guarded by this; the oldest first. */
    private final Map<String, FeaturePlan> plans = new LinkedHashMap<>();

    FeaturePlans(Clock clock) {
        this.clock = clock;
    }

    Instant computeExpiry() {
        return clock.instant().plus(LIFETIME);
    }

    /** A plan holds nothing but text, so the oldest one makes room. */
    synchronized FeaturePlan addPlan(FeaturePlan plan) {
        deleteExpired();
        if (plans.size() >= MAX_PLANS) {
            plans.remove(plans.keySet().iterator().next());
        }
        plans.put(plan.id(), plan);
        return plan;
    }

    synchronized FeaturePlan findPlan(String id) throws PluginException {
        deleteExpired();
        return Optional.ofNullable(plans.get(id)).orElseThrow(() -> new PluginException(Reason.NOT_FOUND, "There is no such plan. Plans expire after ten minutes."));
    }

    synchronized void discard(String id) throws PluginException {
        plans.remove(findPlan(id).id());
    }

    private void deleteExpired() {
        Instant now = clock.instant();
        plans.values().removeIf(plan -> !plan.expires().isAfter(now));
    }
}
