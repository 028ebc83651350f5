package org.catseye.core.deploy.feature;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.catseye.access.AccessException;
import org.catseye.access.Caller;
import org.catseye.access.UserAdministration;
import org.catseye.core.deploy.DropFolder;
import org.catseye.core.deploy.feature.LauncherFeatures.KnownFeature;
import org.catseye.core.deploy.feature.LauncherFeatures.State;
import org.catseye.core.deploy.plugin.ChangeRunner;
import org.catseye.core.deploy.plugin.TrialConfig;
import org.catseye.core.deploy.running.ComponentStates;
import org.catseye.core.deploy.running.RunningBundles;
import org.catseye.core.deploy.running.TargetPictures;
import org.catseye.core.deploy.trial.TrialWatch;
import org.catseye.core.deploy.trial.TrialWatch.SettleTimes;
import org.catseye.options.Options;
import org.catseye.plugins.Feature;
import org.catseye.plugins.FeatureList;
import org.catseye.plugins.FeaturePlan;
import org.catseye.plugins.Features;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.PluginResult;
import org.catseye.plugins.ProductBundle;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.log.LogReaderService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists and switches the features of the product. The plans stay while no page is open, so it is immediate. */
@Component(service = Features.class, immediate = true, configurationPid = TrialConfig.PID)
public final class FeatureAdministration implements Features {

    private static final Logger LOG = LoggerFactory.getLogger(FeatureAdministration.class);
    private static final String FEATURE = "feature";

    private final BundleContext framework;
    private final LauncherFeatures launcher;
    private final ChangeRunner runner;
    private final FeaturePlanMaker planMaker;
    private final FeaturePlans plans = new FeaturePlans(Clock.systemUTC());
    private final FeatureTrials trials;
    private volatile int trialSeconds;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile UserAdministration accounts;

    @Activate
    public FeatureAdministration(Map<String, Object> properties, BundleContext context,
            @Reference(target = "(catseye.service=features)") BiFunction<String, List<String>, Map<String, Object>> launcher, @Reference DropFolder folder,
            @Reference TargetPictures pictures, @Reference ServiceComponentRuntime runtime, @Reference ChangeRunner runner, @Reference LogReaderService log) {
        this(properties, context, launcher, folder, pictures, runtime, runner, log, SettleTimes.USUAL);
    }

    FeatureAdministration(Map<String, Object> properties, BundleContext context, BiFunction<String, List<String>, Map<String, Object>> launcher, DropFolder folder,
            TargetPictures pictures, ServiceComponentRuntime runtime, ChangeRunner runner, LogReaderService log, SettleTimes settle) {
        framework = context.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext();
        this.launcher = new LauncherFeatures(launcher);
        this.runner = runner;
        planMaker = new FeaturePlanMaker(framework, pictures);
        TrialWatch watch = new TrialWatch(framework, folder, new ComponentStates(runtime), pictures, log, settle, runner::isStopping);
        trials = new FeatureTrials(this.launcher, watch, () -> trialSeconds);
        readSettings(properties);
    }

    /** Records what the launcher has undone at this start, because the last run ended during a trial. */
    @Activate
    void start() {
        launcher.describe().recovered().ifPresent(change -> runner.record("feature.rolled-back", change.user(), change.address(),
                Map.of(FEATURE, change.feature(), "reason", change.reason())));
    }

    @Modified
    void readSettings(Map<String, Object> properties) {
        trialSeconds = new Options(TrialConfig.PID, properties).readNumberOrDefault("trialSeconds", TrialConfig.DEFAULT_SECONDS, TrialConfig.MIN_SECONDS,
                TrialConfig.MAX_SECONDS, LOG::error);
    }

    @Override
    public FeatureList listFeatures() {
        State state = launcher.describe();
        return new FeatureList(state.features().stream().map(this::describe).toList(), state.problem(), state.rollBack());
    }

    private Feature describe(KnownFeature feature) {
        return new Feature(feature.id(), feature.name(), feature.description(), feature.on(), feature.origin(), feature.obstacle(), feature.bundles().stream()
                .map(bundle -> new ProductBundle(bundle.name(), bundle.version(), isRunning(bundle.location()))).toList());
    }

    /** A bundle of the product stops while another version of it runs. */
    private boolean isRunning(String location) {
        Bundle bundle = framework.getBundle(location);
        return bundle != null && RunningBundles.isNameRunning(framework, bundle);
    }

    @Override
    public FeaturePlan planSwitch(Caller by, String feature, boolean on) throws PluginException {
        State state = launcher.describe();
        return plans.addPlan(planMaker.makePlan(state, requireFeature(state, feature), on, isOwnAccount(by), plans.computeExpiry()));
    }

    private static KnownFeature requireFeature(State state, String id) throws PluginException {
        return state.find(id).orElseThrow(() -> new PluginException(Reason.NOT_FOUND, "There is no such feature."));
    }

    /** Without the list of accounts, no one can be sure to log in afterwards. */
    private boolean isOwnAccount(Caller by) {
        UserAdministration users = accounts;
        try {
            return users != null && users.user(by, by.session().user()) != null;
        } catch (AccessException e) {
            return false;
        }
    }

    @Override
    public FeaturePlan findPlan(String id) throws PluginException {
        return plans.findPlan(id);
    }

    @Override
    public void discardPlan(String id) throws PluginException {
        plans.discard(id);
    }

    @Override
    public PluginResult applyPlan(Caller by, String id) throws PluginException, InterruptedException {
        FeaturePlan plan = plans.findPlan(id);
        return runner.runChange(by, plan.on() ? "feature.switched-on" : "feature.switched-off", Map.of(FEATURE, plan.feature()), () -> {
            State state = launcher.describe();
            FeaturePlan now = planMaker.makePlan(state, requireFeature(state, plan.feature()), plan.on(), isOwnAccount(by), plan.expires());
            if (!now.isApplicable()) {
                throw new PluginException(Reason.CONFLICT, String.join(" ", now.problems()));
            }
            if (!now.starts().equals(plan.starts()) || !now.stops().equals(plan.stops())) {
                throw new PluginException(Reason.CONFLICT, "The features have changed since the plan was made. Make a new plan.");
            }
            plans.discard(id);
            runner.record("feature.trying", by.session().user(), by.address(), Map.of(FEATURE, plan.feature(), "on", Boolean.toString(plan.on())));
            return trials.trySwitch(by, plan, FeaturePlanMaker.listChanged(state, requireFeature(state, plan.feature())));
        });
    }
}
