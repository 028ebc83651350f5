package org.catseye.core.deploy.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.access.Caller;
import org.catseye.core.deploy.DropFolder;
import org.catseye.core.deploy.change.KeptJars.KeptJar;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.core.deploy.running.ComponentStates;
import org.catseye.core.deploy.running.TargetPictures;
import org.catseye.core.deploy.signature.JarSignature;
import org.catseye.core.deploy.signature.SignatureTrust;
import org.catseye.core.deploy.trial.TrialWatch;
import org.catseye.core.deploy.trial.TrialWatch.SettleTimes;
import org.catseye.options.Options;
import org.catseye.plugins.Plugin;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.PluginPlan;
import org.catseye.plugins.PluginResult;
import org.catseye.plugins.Plugins;
import org.catseye.plugins.ProductBundle;
import org.catseye.plugins.RollBack;
import org.catseye.plugins.health.PluginControl;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.log.LogReaderService;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists and changes plug-ins. The plans stay while no page is open, and while the bundle of the page is changed, so it is immediate. */
@Component(service = {Plugins.class, PluginControl.class}, immediate = true, configurationPid = TrialConfig.PID)
@Designate(ocd = TrialConfig.class)
public final class PluginAdministration implements Plugins, PluginControl {

    private static final Logger LOG = LoggerFactory.getLogger(PluginAdministration.class);
    private static final String SIGNATURE = "signature";
    private static final String NO_PLUGIN = "There is no such plug-in.";

    private final DropFolder folder;
    private final ChangeRunner runner;
    private final PluginReader reader;
    private final PlanMaker planMaker;
    private final PlanConcerns concerns;
    private final SignatureTrust trust;
    private final StagedPlans plans;
    private final JarTrials trials;
    private final PluginSwitch pluginSwitch;
    private volatile int trialSeconds;

    @Activate
    public PluginAdministration(Map<String, Object> properties, BundleContext context, @Reference DropFolder folder, @Reference TargetPictures pictures,
            @Reference ServiceComponentRuntime runtime, @Reference MetaTypeService metatype, @Reference ConfigurationAdmin configurations,
            @Reference ChangeRunner runner, @Reference LogReaderService log) {
        this(properties, context, folder, pictures, runtime, metatype, configurations, runner, log, SettleTimes.USUAL);
    }

    PluginAdministration(Map<String, Object> properties, BundleContext context, DropFolder folder, TargetPictures pictures, ServiceComponentRuntime runtime,
            MetaTypeService metatype, ConfigurationAdmin configurations, ChangeRunner runner, LogReaderService log, SettleTimes settle) {
        BundleContext framework = context.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext();
        ComponentStates components = new ComponentStates(runtime);
        SettingsForms forms = new SettingsForms(framework, metatype, configurations);
        this.folder = folder;
        this.runner = runner;
        trust = new SignatureTrust(folder.makers()::listCertificates);
        reader = new PluginReader(framework, folder, components, forms, trust);
        concerns = new PlanConcerns(folder.changes().history(), reader, trust);
        planMaker = new PlanMaker(framework, folder, pictures, reader, concerns);
        plans = new StagedPlans(folder.path().resolveSibling("plugins").resolve("staged"), Clock.systemUTC());
        trials = new JarTrials(framework, folder, new TrialWatch(framework, folder, components, pictures, log, settle, runner::isStopping), runner, () -> trialSeconds);
        pluginSwitch = new PluginSwitch(framework, folder, forms);
        readSettings(properties);
    }

    @Activate
    void start() {
        plans.deleteLeftovers();
    }

    @Modified
    void readSettings(Map<String, Object> properties) {
        trialSeconds = new Options(TrialConfig.PID, properties).readNumberOrDefault("trialSeconds", TrialConfig.DEFAULT_SECONDS, TrialConfig.MIN_SECONDS,
                TrialConfig.MAX_SECONDS, LOG::error);
    }

    @Override
    public List<Plugin> listPlugins() {
        plans.deleteExpired();
        return reader.listPlugins();
    }

    @Override
    public List<ProductBundle> listProductBundles() {
        return reader.listProductBundles();
    }

    @Override
    public List<RollBack> listRollBacks() {
        return folder.changes().listRollBacks();
    }

    @Override
    public PluginPlan planChange(String fileName, InputStream jar) throws PluginException, IOException {
        return plans.addJar(jar, (id, expires, staged) -> planMaker.makePlan(id, expires, fileName, staged)).plan();
    }

    @Override
    public PluginPlan findPlan(String id) throws PluginException {
        StagedPlan now = concerns.assess(plans.findPlan(id));
        plans.replacePlan(now);
        return now.plan();
    }

    @Override
    public void discardPlan(String id) throws PluginException {
        plans.discard(id);
    }

    @Override
    public PluginResult applyPlan(Caller by, String id, boolean consent) throws PluginException, InterruptedException {
        StagedPlan staged = plans.findPlan(id);
        StagedPlan now = concerns.assess(staged);
        PluginPlan plan = now.plan();
        Map<String, String> details = Map.of(ChangeRunner.PLUGIN, plan.plugin().id(), ChangeRunner.VERSION, plan.plugin().version(), "replaced",
                plan.installedVersion().orElse("none"), SIGNATURE, plan.plugin().signature().kind().name(), "agreed", consent ? PlanConcerns.listKinds(plan) : "none");
        return runner.runChange(by, "plugin.installed", details, () -> {
            if (!plan.isApplicable()) {
                throw new PluginException(Reason.CONFLICT, String.join(" ", plan.problems()));
            }
            Optional<DroppedJar> current = folder.listJars().stream().filter(jar -> jar.symbolicName().equals(plan.plugin().id())).findFirst();
            if (!current.map(DroppedJar::digest).equals(staged.replaced().map(DroppedJar::digest))) {
                throw new PluginException(Reason.CONFLICT, "The installed version has changed since the plan was made. Send the file again.");
            }
            concerns.requireConsent(staged, now, consent);
            return plans.usePlan(id, () -> trials.tryJar(by, staged.jar(), staged.content(), current, concerns.chooseMaker(now)));
        });
    }

    @Override
    public PluginResult restoreVersion(Caller by, String id, String version) throws PluginException, InterruptedException {
        return runner.runChange(by, "plugin.restored", Map.of(ChangeRunner.PLUGIN, id, ChangeRunner.VERSION, version), () -> {
            DroppedJar current = requireJar(id);
            try {
                KeptJar kept = folder.changes().listKept(current.symbolicName()).stream().filter(jar -> jar.version().equals(version)).findFirst()
                        .orElseThrow(() -> new PluginException(Reason.NOT_FOUND, "The version " + version + " of this plug-in was not kept."));
                JarContent content = JarContent.readFile(kept.path());
                Optional<String> refusal = folder.findProblem(content);
                if (refusal.isPresent() || !content.symbolicName().equals(Optional.of(current.symbolicName()))) {
                    throw new PluginException(Reason.UNUSABLE, "This version cannot be installed: " + refusal.orElse("it is another plug-in") + ".");
                }
                JarSignature signature = JarSignature.readFile(kept.path());
                if (signature.isDamaged()) {
                    throw new PluginException(Reason.UNUSABLE, "This version cannot be installed: " + signature.reason() + ".");
                }
                return trials.tryJar(by, kept.path(), content, Optional.of(current), trust.assess(signature).maker());
            } catch (IOException e) {
                throw new PluginException(Reason.FAILED, "The earlier version cannot be read: " + e.getMessage() + ".", e);
            }
        });
    }

    @Override
    public void setEnabled(Caller by, String id, boolean enabled) throws PluginException, InterruptedException {
        runner.runChange(by, enabled ? "plugin.enabled" : "plugin.disabled", Map.of(ChangeRunner.PLUGIN, id), () -> {
            pluginSwitch.setEnabled(requireJar(id), enabled);
            return null;
        });
    }

    @Override
    public boolean isPlugin(String location) {
        return location.startsWith(DroppedJar.LOCATION_PREFIX);
    }

    @Override
    public void stopPlugin(String id, String reason) throws PluginException, InterruptedException {
        runner.runOwnChange("plugin.stopped", Map.of(ChangeRunner.PLUGIN, id, "reason", reason), () -> {
            pluginSwitch.setEnabled(requireJar(id), false);
            return null;
        });
    }

    @Override
    public void removePlugin(Caller by, String id, boolean settings) throws PluginException, InterruptedException {
        runner.runChange(by, "plugin.removed", Map.of(ChangeRunner.PLUGIN, id, "settings", Boolean.toString(settings)), () -> {
            String fileName = requirePlugin(id).fileName();
            Optional<DroppedJar> jar = findJar(fileName);
            if (jar.isPresent()) {
                pluginSwitch.removePlugin(jar.get(), settings);
            } else {
                pluginSwitch.removeFile(fileName);
            }
            return null;
        });
    }

    private Plugin requirePlugin(String id) throws PluginException {
        return reader.listPlugins().stream().filter(plugin -> plugin.description().id().equals(id)).findFirst()
                .orElseThrow(() -> new PluginException(Reason.NOT_FOUND, NO_PLUGIN));
    }

    private Optional<DroppedJar> findJar(String fileName) {
        return folder.listJars().stream().filter(jar -> jar.fileName().equals(fileName)).findFirst();
    }

    private DroppedJar requireJar(String id) throws PluginException {
        return findJar(requirePlugin(id).fileName()).orElseThrow(() -> new PluginException(Reason.CONFLICT, "This file is not installed, so it can only be removed."));
    }
}
