package org.catseye.core.deploy.feature;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.AccessException;
import org.catseye.access.Account;
import org.catseye.access.Caller;
import org.catseye.access.Grants;
import org.catseye.access.UserAdministration;
import org.catseye.core.deploy.DropFolder;
import org.catseye.core.deploy.WatchedFolder;
import org.catseye.core.deploy.fixture.TestJar;
import org.catseye.core.deploy.plugin.ChangeRunner;
import org.catseye.core.deploy.plugin.FakeComponents;
import org.catseye.core.deploy.plugin.StartedRunner;
import org.catseye.core.deploy.plugin.TrialConfig;
import org.catseye.core.deploy.running.TargetPictures;
import org.catseye.core.deploy.trial.TrialWatch.SettleTimes;
import org.catseye.plugins.Feature;
import org.catseye.plugins.Feature.Obstacle;
import org.catseye.plugins.Feature.Origin;
import org.catseye.plugins.FeatureList;
import org.catseye.plugins.FeaturePlan;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.PluginPlan.AffectedTarget;
import org.catseye.plugins.PluginResult;
import org.catseye.plugins.PluginResult.Outcome;
import org.catseye.plugins.ProductBundle;
import org.catseye.plugins.RollBack;
import org.catseye.testkit.FakeAccess;
import org.catseye.testkit.FakeAudit;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.video.VideoState.Condition;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.log.LogReaderService;

/** In a real framework, with small real bundles. */
public class FeatureAdministrationTest {

    private static final Caller ANN = new Caller(new FakeAccess().open("t", "ann"), "192.0.2.1");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private final FakeComponents components = new FakeComponents();
    private final FakeAudit audit = new FakeAudit();
    private volatile boolean live;
    private Framework framework;
    private DropFolder dropFolder;
    private TargetPictures pictures;
    private ChangeRunner runner;
    private FakeLauncher launcher;
    private FeatureAdministration features;

    @Before
    public void boot() throws Exception {
        Path home = temporary.getRoot().toPath();
        Path folder = Files.createDirectories(home.resolve("deploy"));
        framework = new org.apache.felix.framework.FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", home.resolve("cache").toString(),
                "org.osgi.framework.startlevel.beginning", "100", "org.osgi.framework.bsnversion", "multiple", "catseye.deploy.folder", folder.toString()));
        framework.start();
        dropFolder = WatchedFolder.start(framework.getBundleContext(), headers -> Optional.empty());
        pictures = new TargetPictures(framework.getBundleContext());
        pictures.addHub(proxy(VideoHub.class, (hub, method, arguments) -> new VideoState(live ? Condition.LIVE : Condition.NO_DEVICE, "", Optional.empty(), 0, 2, 0, 0)),
                Map.of("kvm.target", "default", "service.id", 1L));
        runner = StartedRunner.create(dropFolder, audit);
        launcher = new FakeLauncher(framework.getBundleContext(), home);
        jar("api", Map.of("Export-Package", "api"));
        jar("driver", Map.of("Import-Package", "api"));
        jar("lib", Map.of("Export-Package", "lib"));
        jar("other", Map.of("Import-Package", "lib"));
        Files.write(launcher.file("device"), TestJar.device("device", "1.0.0"));
        launcher.add("base", "base!base", "api");
        launcher.add("one", "", "lib", "driver");
        launcher.add("two", "chosen", "lib", "other");
        features = create();
    }

    private FeatureAdministration create() {
        FeatureAdministration created = new FeatureAdministration(Map.of("trialSeconds", TrialConfig.MIN_SECONDS), framework.getBundleContext(), launcher, dropFolder, pictures,
                components, runner, proxy(LogReaderService.class, (log, method, arguments) -> null), new SettleTimes(300, 300));
        created.accounts = accounts(true);
        return created;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static UserAdministration accounts(boolean known) {
        return proxy(UserAdministration.class, (users, method, arguments) -> {
            if (!known) {
                throw new AccessException(AccessException.Reason.NOT_FOUND, "no such user");
            }
            return new Account("ann", Instant.EPOCH, new Grants(Set.of(), Map.of()), false);
        });
    }

    private void jar(String name, Map<String, String> headers) throws Exception {
        Files.write(launcher.file(name), TestJar.bundle(name, "1.0.0", headers));
    }

    @After
    public void stop() throws Exception {
        WatchedFolder.stop(dropFolder);
        framework.stop();
        framework.waitForStop(5_000);
    }

    private PluginResult apply(String feature, boolean on) throws Exception {
        FeaturePlan plan = features.planSwitch(ANN, feature, on);
        assertEquals(List.of(), plan.problems());
        return features.applyPlan(ANN, plan.id());
    }

    private List<String> problems(String feature, boolean on) throws Exception {
        return features.planSwitch(ANN, feature, on).problems();
    }

    private Bundle bundle(String name) {
        return framework.getBundleContext().getBundle(FakeLauncher.location(name));
    }

    private static Reason reasonOf(org.junit.function.ThrowingRunnable call) {
        return assertThrows(PluginException.class, call).reason();
    }

    @Test
    public void featuresAreListedWithTheirStateAndReason() {
        launcher.more.put("problem", "It did not start.");
        launcher.more.put("rollBack", Map.of("feature", "one", "time", "2026-01-31T12:00:00Z", "reason", "It failed."));
        FeatureList list = features.listFeatures();
        assertEquals("It did not start.", list.problem());
        assertEquals(Optional.of(new RollBack("one", "", Instant.parse("2026-01-31T12:00:00Z"), "It failed.")), list.rollBack());
        assertEquals(new Feature("base", "The base", "For base.", true, Optional.of(Origin.BASE), Optional.of(Obstacle.BASE), List.of(new ProductBundle("api", "1.0.0", true))),
                list.features().get(0));
        assertEquals(new Feature("one", "The one", "For one.", false, Optional.empty(), Optional.empty(),
                List.of(new ProductBundle("lib", "1.0.0", true), new ProductBundle("driver", "1.0.0", false))), list.features().get(1));
        assertEquals(Optional.of(Origin.CHOSEN), list.features().get(2).origin());
    }

    @Test
    public void aFeatureIsSwitchedOnAndOffAndSharedBundlesStay() throws Exception {
        FeaturePlan plan = features.planSwitch(ANN, "one", true);
        assertEquals(List.of("driver"), plan.starts());
        assertEquals("nothing has changed yet", List.of(), launcher.calls);
        assertEquals(plan, features.findPlan(plan.id()));
        assertEquals(Outcome.KEPT, features.applyPlan(ANN, plan.id()).outcome());
        assertEquals("the plan is used up", Reason.NOT_FOUND, reasonOf(() -> features.findPlan(plan.id())));
        assertEquals(List.of("try one on ann 192.0.2.1", "keep"), launcher.calls);
        assertEquals(Bundle.ACTIVE, bundle("driver").getState());
        assertEquals(List.of("driver"), features.planSwitch(ANN, "one", false).stops());
        assertEquals(new PluginResult(Outcome.KEPT, "one", "", ""), apply("one", false));
        assertNull(bundle("driver"));
        assertNotNull(bundle("lib"));
        assertEquals(List.of("feature.trying ann 192.0.2.1 {feature=one, on=true}", "feature.switched-on ann 192.0.2.1 {feature=one, result=done}",
                "feature.trying ann 192.0.2.1 {feature=one, on=false}", "feature.switched-off ann 192.0.2.1 {feature=one, result=done}"), audit.lines());
    }

    @Test
    public void whatCannotBeSwitchedSaysWhy() throws Exception {
        launcher.add("fixed", "command-line!command-line");
        launcher.add("shell", "!start");
        launcher.add("safe", "!safe-mode");
        assertTrue(problems("base", false).get(0).contains("login"));
        assertTrue(problems("fixed", false).get(0).contains("CATSEYE_FEATURES. Remove fixed there"));
        assertTrue(problems("shell", true).get(0).contains("--feature shell"));
        assertTrue(problems("safe", true).get(0).contains("safe mode"));
        assertEquals(List.of("The two is already switched on."), problems("two", true));
        FeaturePlan plan = features.planSwitch(ANN, "base", false);
        assertEquals(Reason.CONFLICT, reasonOf(() -> features.applyPlan(ANN, plan.id())));
        assertEquals(List.of(), launcher.calls);
        assertEquals(Reason.NOT_FOUND, reasonOf(() -> features.planSwitch(ANN, "none", true)));
    }

    @Test
    public void missingFilesAndPackagesArePlannedFor() throws Exception {
        jar("needy", Map.of("Import-Package", "own,x.missing"));
        jar("provider", Map.of("Export-Package", "own"));
        launcher.add("bad", "", "needy", "provider", "gone");
        assertEquals(List.of("The file of gone is missing or damaged. Unpack the archive of Catseye again.", "No bundle provides the package x.missing."), problems("bad", true));
    }

    @Test
    public void aBundleThatDoesNotStartIsRolledBackWithTheReason() throws Exception {
        jar("bad", Map.of("Bundle-Activator", "not.There"));
        launcher.add("bad", "", "bad");
        PluginResult result = apply("bad", true);
        assertEquals(Outcome.ROLLED_BACK, result.outcome());
        assertEquals("It failed: the bundle did not start.", result.reason());
        assertEquals(List.of("try bad on ann 192.0.2.1", "undo It failed: the bundle did not start."), launcher.calls);
        assertNull(bundle("bad"));
        assertTrue(audit.lines().get(1), audit.lines().get(1).contains("result=rolled back: It failed"));
    }

    @Test
    public void aComponentThatFailsIsRolledBack() throws Exception {
        components.setState("driver", ComponentConfigurationDTO.FAILED_ACTIVATION);
        PluginResult result = apply("one", true);
        assertEquals(Outcome.ROLLED_BACK, result.outcome());
        assertTrue(result.reason(), result.reason().contains("driver.Main failed") && result.reason().contains("no clock"));
        assertNull(bundle("driver"));
    }

    @Test
    public void aLossElsewhereIsRolledBackAndAnIncompleteOneNeedsARestart() throws Exception {
        jar("victim", Map.of());
        framework.getBundleContext().installBundle("file:victim", Files.newInputStream(launcher.file("victim"))).start();
        components.setState("victim", ComponentConfigurationDTO.ACTIVE);
        framework.getBundleContext().addBundleListener(event -> components.setState("victim",
                bundle("other") == null ? ComponentConfigurationDTO.UNSATISFIED_REFERENCE : ComponentConfigurationDTO.ACTIVE));
        launcher.complete = false;
        PluginResult result = apply("two", false);
        assertEquals(Outcome.RESTART_NEEDED, result.outcome());
        assertTrue(result.reason(), result.reason().contains("The bundle victim does not work as before.") && result.reason().endsWith("Restart Catseye."));
        assertNotNull("it is on again", bundle("other"));
    }

    @Test
    public void aPictureOfTheFeatureItselfIsAllowedToEnd() throws Exception {
        launcher.add("grabber", "chosen", "device");
        live = true;
        FeaturePlan plan = features.planSwitch(ANN, "grabber", false);
        assertEquals(List.of(new AffectedTarget("default", 2)), plan.targets());
        framework.getBundleContext().addBundleListener(event -> live = false);
        assertEquals(Outcome.KEPT, features.applyPlan(ANN, plan.id()).outcome());
    }

    @Test
    public void aPictureOfAnotherBundleHasToStay() throws Exception {
        live = true;
        framework.getBundleContext().addBundleListener(event -> live = false);
        PluginResult result = apply("one", true);
        assertEquals(Outcome.ROLLED_BACK, result.outcome());
        assertTrue(result.reason(), result.reason().contains("The target default had a picture before"));
    }

    @Test
    public void bundlesThatUseTheFeatureKeepItOn() throws Exception {
        jar("plugin", Map.of("Import-Package", "lib"));
        Files.copy(launcher.file("plugin"), dropFolder.path().resolve("plugin.jar"));
        for (int i = 0; i < 500 && !framework.getBundleContext().getBundles()[framework.getBundleContext().getBundles().length - 1].getSymbolicName().equals("plugin"); i++) {
            Thread.sleep(20);
        }
        framework.adapt(FrameworkWiring.class).resolveBundles(null);
        assertEquals(List.of("The plug-in plugin uses it. Disable or remove the plug-in first."), problems("two", false));
    }

    @Test
    public void theWayToLogInOfTheUserStays() throws Exception {
        launcher.add("directory", "chosen", "device");
        bundle("device").getBundleContext().registerService("org.catseye.access.spi.PasswordAuthenticator", new org.osgi.framework.PrototypeServiceFactory<Object>() {
            @Override
            public Object getService(Bundle user, org.osgi.framework.ServiceRegistration<Object> registration) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void ungetService(Bundle user, org.osgi.framework.ServiceRegistration<Object> registration, Object service) {
                throw new UnsupportedOperationException();
            }
        }, null);
        FeaturePlan plan = features.planSwitch(ANN, "directory", false);
        assertTrue(plan.isApplicable());
        assertEquals(List.of("Its users cannot log in any more. The users of this device still can."), plan.warnings());
        features.accounts = accounts(false);
        assertEquals(List.of("Your own account may come from it. Log in as a user of this device first."), problems("directory", false));
        assertEquals("examined again", Reason.CONFLICT, reasonOf(() -> features.applyPlan(ANN, plan.id())));
    }

    @Test
    public void anOutdatedPlanIsNotApplied() throws Exception {
        FeaturePlan plan = features.planSwitch(ANN, "one", true);
        assertEquals(Outcome.KEPT, apply("two", false).outcome());
        PluginException refused = assertThrows(PluginException.class, () -> features.applyPlan(ANN, plan.id()));
        assertEquals(Reason.CONFLICT, refused.reason());
        assertTrue(refused.getMessage(), refused.getMessage().contains("have changed since the plan was made"));
        assertNull(bundle("driver"));
        features.discardPlan(plan.id());
        assertEquals(Reason.NOT_FOUND, reasonOf(() -> features.discardPlan(plan.id())));
    }

    @Test
    public void ofManyPlansTheNewestStay() throws Exception {
        FeaturePlan first = features.planSwitch(ANN, "one", true);
        for (int i = 0; i < FeaturePlans.MAX_PLANS; i++) {
            features.planSwitch(ANN, "two", false);
        }
        assertEquals(Reason.NOT_FOUND, reasonOf(() -> features.findPlan(first.id())));
    }

    @Test
    public void aChangeThatTheLastRunDidNotEndIsRecordedWithItsUser() {
        launcher.more.put("recovered", Map.of("feature", "one", "user", "bob", "address", "192.0.2.9", "reason", "Catseye ended during the trial."));
        create().start();
        create().start();
        assertEquals(List.of("feature.rolled-back bob 192.0.2.9 {feature=one, reason=Catseye ended during the trial.}"), audit.lines());
        assertFalse(features.listFeatures().features().isEmpty());
    }
}
