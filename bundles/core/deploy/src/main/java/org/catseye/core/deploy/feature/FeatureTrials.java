package org.catseye.core.deploy.feature;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.catseye.access.Caller;
import org.catseye.core.deploy.feature.LauncherFeatures.KnownBundle;
import org.catseye.core.deploy.trial.Baseline;
import org.catseye.core.deploy.trial.TrialWatch;
import org.catseye.plugins.FeaturePlan;
import org.catseye.plugins.PluginResult;
import org.catseye.plugins.PluginResult.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Switches a feature, and back if that does not work. One change at a time; the caller sees to it. */
final class FeatureTrials {

    private static final Logger LOG = LoggerFactory.getLogger(FeatureTrials.class);

    private final LauncherFeatures launcher;
    private final TrialWatch watch;
    private final IntSupplier trialSeconds;

    FeatureTrials(LauncherFeatures launcher, TrialWatch watch, IntSupplier trialSeconds) {
        this.launcher = launcher;
        this.watch = watch;
        this.trialSeconds = trialSeconds;
    }

    /** @param changed the bundles that start or stop */
    PluginResult trySwitch(Caller by, FeaturePlan plan, List<KnownBundle> changed) throws InterruptedException {
        Set<String> locations = changed.stream().map(KnownBundle::location).collect(Collectors.toSet());
        Baseline before = watch.recordBaseline(bundle -> locations.contains(bundle.getLocation()));
        try {
            launcher.tryChange(by, plan.feature(), plan.on());
            Optional<String> problem = watch.watchBundles(plan.on() ? changed.stream().map(KnownBundle::location).toList() : List.of(), before, trialSeconds.getAsInt());
            if (problem.isPresent()) {
                return undo(plan, problem.get());
            }
            launcher.keepChange();
        } catch (IllegalStateException e) {
            return undo(plan, "It failed: " + e.getMessage() + ".");
        } catch (InterruptedException | RuntimeException e) {
            undo(plan, "The trial was interrupted.");
            throw e;
        }
        LOG.info("The feature {} is switched {}", plan.feature(), plan.on() ? "on" : "off");
        return new PluginResult(Outcome.KEPT, plan.feature(), "", "");
    }

    private PluginResult undo(FeaturePlan plan, String problem) {
        LOG.warn("The feature {} is not switched {}: {}", plan.feature(), plan.on() ? "on" : "off", problem);
        boolean complete = false;
        try {
            complete = launcher.undoChange(problem);
        } catch (IllegalStateException e) {
            LOG.error("The change of the feature {} cannot be undone. The next start does that", plan.feature(), e);
        }
        return complete ? new PluginResult(Outcome.ROLLED_BACK, plan.feature(), "", problem)
                : new PluginResult(Outcome.RESTART_NEEDED, plan.feature(), "", problem + " A bundle has not started or stopped. Restart Catseye.");
    }
}
