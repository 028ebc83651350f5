package org.catseye.core.deploy.plugin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.catseye.core.deploy.fixture.TestJar;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.plugins.Plugin;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.PluginPart;
import org.catseye.plugins.PluginPlan;
import org.catseye.plugins.PluginPlan.AffectedTarget;
import org.catseye.plugins.PluginResult;
import org.catseye.plugins.PluginResult.Outcome;
import org.catseye.plugins.PluginState;
import org.junit.Test;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** In a real framework, with small real bundles. */
public class PluginAdministrationTest extends PluginFramework {

    @Test
    public void anInstalledPluginIsDescribed() throws Exception {
        PluginPlan plan = plan(TestJar.device("a", "1.0.0", "Bundle-Name", "Grabber driver", "Bundle-Vendor", "Example", "Catseye-Permissions", "devices, network"));
        assertEquals(PluginPlan.Kind.INSTALL, plan.kind());
        assertEquals(List.of("devices", "network"), plan.newPermissions());
        assertEquals(List.of(), plugins.listPlugins());
        assertEquals(Outcome.KEPT, plugins.applyPlan(ANN, plan.id(), true).outcome());
        Plugin plugin = plugin("a");
        assertEquals("Grabber driver", plugin.description().name());
        assertEquals("Example", plugin.description().maker());
        assertEquals("a.jar", plugin.fileName());
        assertEquals(PluginState.RUNNING, plugin.state());
        assertEquals(List.of(new PluginPart(PluginPart.Kind.VIDEO, "Grabber", "default")), plugin.parts());
        String digest = JarContent.computeDigest(folder.resolve("a.jar"));
        assertEquals(List.of("plugin.trying ann 192.0.2.1 {file=a.jar, plugin=a, sha256=" + digest + ", version=1.0.0}",
                "plugin.installed ann 192.0.2.1 {agreed=UNTRUSTED, plugin=a, replaced=none, result=done, signature=UNSIGNED, version=1.0.0}"), audit.lines());
        assertEquals("the plan is used up", Reason.NOT_FOUND, reasonOf(() -> plugins.findPlan(plan.id())));
        assertEquals(List.of("org.apache.felix.framework"), plugins.listProductBundles().stream().map(bundle -> bundle.name()).toList());
    }

    @Test
    public void aPlanListsWhatWouldChangeAndChangesNothing() throws Exception {
        installWell(TestJar.device("a", "2.0.0", "Catseye-Permissions", "devices"));
        PluginPlan plan = plan(TestJar.device("a", "1.0.0", "Catseye-Permissions", "devices, exec", "Import-Package", "org.osgi.framework, x.missing"));
        assertEquals(PluginPlan.Kind.STEP_BACK, plan.kind());
        assertEquals(Optional.of("2.0.0"), plan.installedVersion());
        assertEquals(List.of("This version is older than the installed one. Restore a kept version, or remove the plug-in first.", "No bundle provides the package x.missing."),
                plan.problems());
        assertEquals(List.of(), plan.warnings());
        assertEquals(List.of(new AffectedTarget("default", 2)), plan.targets());
        assertEquals(List.of("exec"), plan.newPermissions());
        assertEquals(Reason.CONFLICT, reasonOf(() -> plugins.applyPlan(ANN, plan.id(), true)));
        assertEquals("2.0.0", plugin("a").description().version());
        assertEquals(List.of("a.jar"), List.of(folder.toFile().list()));
        assertFalse("the same file", plan(Files.readAllBytes(folder.resolve("a.jar"))).isApplicable());
    }

    @Test
    public void whatIsNoPluginGetsNoPlan() {
        for (ThrowingCall call : List.<ThrowingCall>of(() -> plan(new byte[] {1, 2}), () -> plan(TestJar.withHeaders(Map.of())),
                () -> plan(TestJar.bundle("a", "1.0.0", Map.of("X-Problem", "it is the framework"))), () -> plan(TestJar.bundle("a", "1.0.0", Map.of("Import-Package", "x;version=["))))) {
            assertEquals(Reason.UNUSABLE, reasonOf(call));
        }
        assertEquals(0, temporary.getRoot().toPath().resolve("plugins/staged").toFile().list().length);
    }

    @Test
    public void anOutdatedPlanIsNotApplied() throws Exception {
        PluginPlan plan = plan(TestJar.bundle("a", "1.0.0", Map.of()));
        Files.write(folder.resolve("other.jar"), TestJar.bundle("a", "3.0.0", Map.of()));
        awaitState("a", PluginState.RUNNING);
        assertEquals(Reason.CONFLICT, reasonOf(() -> plugins.applyPlan(ANN, plan.id(), true)));
        Files.write(folder.resolve("third.jar"), TestJar.bundle("a", "4.0.0", Map.of()));
        awaitState("other.jar", PluginState.NOT_USED);
        assertTrue(plan(TestJar.bundle("a", "5.0.0", Map.of())).problems().get(0).contains("other.jar, third.jar"));
    }

    @Test
    public void anActivatorThatFailsIsRolledBackWithTheReason() throws Exception {
        installWell(TestJar.device("a", "1.0.0"));
        PluginResult result = install(TestJar.device("a", "2.0.0", "Bundle-Activator", "x.Missing"));
        assertEquals(Outcome.ROLLED_BACK, result.outcome());
        assertTrue(result.reason(), result.reason().contains("x.Missing") && !result.reason().contains("previous content"));
        assertEquals("1.0.0", plugin("a").description().version());
        awaitState("a", PluginState.RUNNING);
        assertEquals(result.reason(), plugins.listRollBacks().get(0).reason());
        assertTrue(audit.lines().toString(), audit.lines().get(3).contains("rolled back: " + result.reason()));
        installWell(TestJar.device("a", "2.0.1"));
        assertEquals(List.of(), plugins.listRollBacks());
    }

    @Test
    public void aNewPluginThatDoesNotStartIsRemovedAgain() throws Exception {
        assertEquals(Outcome.ROLLED_BACK, install(TestJar.bundle("a", "2.0.0", Map.of("Bundle-Activator", "x.Missing"))).outcome());
        assertEquals(List.of(), plugins.listPlugins());
        assertEquals("a", plugins.listRollBacks().get(0).plugin());
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    public void aTargetThatLosesItsPictureEndsTheTrial() throws Exception {
        live = true;
        installWell(TestJar.device("a", "1.0.0"));
        PluginResult without = install(TestJar.bundle("a", "2.0.0", Map.of()));
        assertEquals("another device has the picture now", Outcome.ROLLED_BACK, without.outcome());
        assertTrue(without.reason(), without.reason().contains("default"));
        installWell(TestJar.device("a", "2.0.0"));
    }

    @Test
    public void aComponentThatNoLongerWorksEndsTheTrial() throws Exception {
        components.setState("a", ComponentConfigurationDTO.ACTIVE);
        installWell(TestJar.bundle("a", "1.0.0", Map.of()));
        PluginPlan plan = plan(TestJar.bundle("a", "2.0.0", Map.of()));
        components.setState("a", ComponentConfigurationDTO.FAILED_ACTIVATION);
        PluginResult failed = plugins.applyPlan(ANN, plan.id(), true);
        assertEquals("Its component a.Main failed: java.lang.IllegalStateException: no clock.", failed.reason());
        assertEquals(Outcome.ROLLED_BACK, failed.outcome());
    }

    @Test
    public void aComponentThatCannotBeActivatedOnItsFirstUseEndsTheTrial() throws Exception {
        PluginResult result = install(TestJar.device("a", "1.0.0", "X-Component", "a.Grabber"));
        assertEquals(Outcome.ROLLED_BACK, result.outcome());
        assertEquals("Its component a.Grabber cannot be activated: java.lang.IllegalArgumentException: no grabber.", result.reason());
    }

    @Test
    public void theReasonForWaitingIsNamed() throws Exception {
        components.setState("a", ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
        installWell(TestJar.bundle("a", "1.0.0", Map.of()));
        assertEquals(PluginState.WAITING, plugin("a").state());
        assertEquals("Its component a.Main waits for the service org.example.Clock (exact=true).", plugin("a").reason());
        components.setState("a", ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION);
        assertEquals("Its component a.Main waits for the configuration a.", plugin("a").reason());
        Files.write(folder.resolve("b.jar"), TestJar.bundle("b", "1.0.0", Map.of("Import-Package", "x.missing")));
        awaitState("b", PluginState.WAITING);
        assertTrue(plugin("b").reason(), plugin("b").reason().contains("x.missing"));
    }

    @Test
    public void aVersionThatWasKeptCanBeRestored() throws Exception {
        installWell(TestJar.bundle("a", "1.0.0", Map.of()));
        installWell(TestJar.bundle("a", "2.0.0", Map.of()));
        assertEquals("1.0.0", plugin("a").keptVersions().get(0).version());
        assertEquals(Reason.NOT_FOUND, reasonOf(() -> plugins.restoreVersion(ANN, "a", "1.5.0")));
        assertEquals(Outcome.KEPT, plugins.restoreVersion(ANN, "a", "1.0.0").outcome());
        assertEquals("1.0.0", plugin("a").description().version());
        assertEquals(List.of("2.0.0"), plugin("a").keptVersions().stream().map(Plugin.KeptVersion::version).toList());
    }

    @Test
    public void aDisabledPluginStaysDisabledUntilItIsEnabled() throws Exception {
        installWell(TestJar.device("a", "1.0.0"));
        plugins.setEnabled(ANN, "a", false);
        assertEquals(PluginState.DISABLED, plugin("a").state());
        assertFalse(plugin("a").enabled());
        assertEquals(List.of(), plugin("a").parts());
        restart(() -> folder);
        awaitState("a", PluginState.DISABLED);
        plugins.setEnabled(ANN, "a", true);
        awaitState("a", PluginState.RUNNING);
        assertEquals(1, plugin("a").parts().size());
        assertEquals(Reason.NOT_FOUND, reasonOf(() -> plugins.setEnabled(ANN, "none", true)));
        assertEquals(List.of("plugin.trying", "plugin.installed", "plugin.disabled", "plugin.enabled", "plugin.enabled"), audit.actions());
    }

    @Test
    public void theWatchdogStopsAPluginAsAnAdministratorWould() throws Exception {
        installWell(TestJar.device("a", "1.0.0"));
        plugins.stopPlugin("a", "It uses too much.");
        assertEquals(PluginState.DISABLED, plugin("a").state());
        restart(() -> folder);
        awaitState("a", PluginState.DISABLED);
        assertEquals(Reason.NOT_FOUND, reasonOf(() -> plugins.stopPlugin("none", "It uses too much.")));
        assertEquals("plugin.stopped   {plugin=a, reason=It uses too much., result=done}", audit.lines().get(2));
        assertTrue(plugins.isPlugin("drop:a/a.jar"));
        assertFalse(plugins.isPlugin("mvn:org.catseye/org.catseye.core.video"));
    }

    @Test
    public void aFailedUpdateOfADisabledPluginLeavesItDisabled() throws Exception {
        installWell(TestJar.device("a", "1.0.0"));
        plugins.setEnabled(ANN, "a", false);
        PluginPlan plan = plan(TestJar.device("a", "2.0.0", "Bundle-Activator", "x.Missing"));
        assertEquals(List.of("The plug-in is disabled. The new version will be enabled."), plan.warnings());
        assertEquals(Outcome.ROLLED_BACK, plugins.applyPlan(ANN, plan.id(), true).outcome());
        awaitState("a", PluginState.DISABLED);
    }

    @Test
    public void aRemovedPluginTakesItsSettingsOnlyIfAsked() throws Exception {
        settings.forms.put("a", List.of("a.settings", "shared"));
        settings.forms.put("org.apache.felix.framework", List.of("shared"));
        settings.configurations.addAll(List.of("a.settings", "shared", "other"));
        byte[] jar = TestJar.bundle("a", "1.0.0", Map.of());
        installWell(jar);
        assertEquals(List.of("a.settings", "shared"), plugin("a").configurations());
        plugins.removePlugin(ANN, "a", false);
        assertEquals(List.of(), plugins.listPlugins());
        assertEquals(3, settings.configurations.size());
        installWell(jar);
        plugins.removePlugin(ANN, "a", true);
        assertEquals(List.of("shared", "other"), settings.configurations);
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    public void refusedFilesAreListedAndCanBeRemoved() throws Exception {
        Files.write(folder.resolve("bad.jar"), TestJar.bundle("bad", "1.0.0", Map.of("X-Problem", "it is the framework")));
        Files.write(folder.resolve("half.jar"), new byte[10]);
        awaitState("bad.jar", PluginState.REFUSED);
        awaitState("half.jar", PluginState.REFUSED);
        assertEquals("It is the framework.", plugin("bad.jar").reason());
        assertEquals(Reason.CONFLICT, reasonOf(() -> plugins.setEnabled(ANN, "bad.jar", false)));
        plugins.removePlugin(ANN, "bad.jar", false);
        plugins.removePlugin(ANN, "half.jar", false);
        assertEquals(0, folder.toFile().list().length);
        Files.write(folder.resolve("a.jar"), TestJar.bundle("a", "1.0.0", Map.of("X-Problem", "it is the framework")));
        awaitState("a.jar", PluginState.REFUSED);
        PluginPlan plan = plan(TestJar.bundle("a", "1.0.0", Map.of()));
        assertEquals("no file is overwritten", Reason.CONFLICT, reasonOf(() -> plugins.applyPlan(ANN, plan.id(), true)));
    }

    @Test
    public void aChangeGoesOnWithoutItsCallerAndOneRunsAtATime() throws Exception {
        String property = "catseye.test." + System.nanoTime();
        PluginPlan plan = plan(TestJar.waitingFor(property, "a"));
        Thread caller = new Thread(() -> assertThrows(InterruptedException.class, () -> plugins.applyPlan(ANN, plan.id(), true)));
        caller.start();
        await("the start of the bundle", () -> Files.exists(folder.resolve("a.jar")));
        assertEquals(Reason.BUSY, reasonOf(() -> plugins.removePlugin(ANN, "a", false)));
        caller.interrupt();
        caller.join();
        System.setProperty(property, "go");
        await("the end of the change", () -> audit.lines().toString().contains("result=done"));
        assertEquals(PluginState.RUNNING, plugin("a").state());
    }

    @Test
    public void aStopDuringATrialRestoresThePreviousState() throws Exception {
        PluginPlan plan = plan(TestJar.waitingFor("catseye.test.never", "a"));
        Thread caller = new Thread(() -> assertThrows(PluginException.class, () -> plugins.applyPlan(ANN, plan.id(), true)));
        caller.start();
        await("the start of the bundle", () -> Files.exists(folder.resolve("a.jar")));
        runner.stop();
        caller.join();
        assertFalse(Files.exists(folder.resolve("a.jar")));
        System.setProperty("catseye.test.never", "at the end, so that the framework can stop");
    }

    @Test
    public void aDamagedUpdateInThePlaceOfAFileIsMentioned() throws Exception {
        installWell(TestJar.bundle("a", "1.0.0", Map.of()));
        Files.write(folder.resolve("a.jar"), new byte[10]);
        await("the damage", () -> plugin("a").reason().contains("its new content is not used"));
        assertEquals(PluginState.RUNNING, plugin("a").state());
    }

    @Test
    public void aTrialThatTheProcessDidNotSurviveIsUndoneAtTheNextStart() throws Exception {
        installWell(TestJar.bundle("a", "1.0.0", Map.of()));
        restart(() -> {
            Path source = Files.write(temporary.getRoot().toPath().resolve("next.jar"), TestJar.bundle("a", "2.0.0", Map.of()));
            DroppedJar before = DroppedJar.describe(folder.resolve("a.jar"), FileTime.fromMillis(0), JarContent.readFile(folder.resolve("a.jar")));
            DroppedJar next = DroppedJar.describe(folder.resolve("a.jar"), FileTime.fromMillis(0), JarContent.readFile(source));
            return dropFolder.changes().replaceJar(next, source, Optional.of(before), true, ANN);
        });
        awaitState("a", PluginState.DISABLED);
        assertEquals("1.0.0", plugin("a").description().version());
        assertEquals("2.0.0", plugins.listRollBacks().get(0).version());
        await("the audit log", () -> audit.lines().stream().anyMatch(line -> line.startsWith("plugin.rolled-back ann 192.0.2.1 ")));
    }

    @Test
    public void anActivationThatNeverReturnsEndsTheTrial() throws Exception {
        String property = "catseye.test." + System.nanoTime();
        PluginResult result = install(TestJar.device("a", "1.0.0", "X-Component", "a.Grabber", "X-Wait", property));
        System.setProperty(property, "go");
        assertTrue(result.reason(), result.reason().startsWith("Its component a.Grabber has not finished its activation."));
        assertFalse("not " + result, result.outcome() == Outcome.KEPT);
        await("the end of the plug-in", () -> plugins.listPlugins().isEmpty());
        installWell(TestJar.bundle("a", "2.0.0", Map.of()));
    }

    @Test
    public void aPreviousVersionThatDoesNotRunAgainIsNotReportedAsRestored() throws Exception {
        String property = "catseye.test." + System.nanoTime();
        installWell(TestJar.bundle("a", "1.0.0", Map.of()));
        PluginResult result = install(TestJar.waitingFor(property, "a", "2.0.0"));
        assertEquals(Outcome.RESTART_NEEDED, result.outcome());
        assertTrue(result.reason(), result.reason().contains("the previous version does not run. Restart Catseye"));
        assertEquals("1.0.0 STARTING", plugin("a").description().version() + " " + plugin("a").state());
        System.setProperty(property, "go");
        awaitState("a", PluginState.RUNNING);
    }

    @Test
    public void aVersionThatBreaksAnotherBundleIsRolledBack() throws Exception {
        components.setState("b", ComponentConfigurationDTO.ACTIVE);
        installWell(TestJar.bundle("a", "1.0.0", Map.of()));
        BooleanSupplier first = () -> Optional.ofNullable(framework.getBundleContext().getBundle("drop:a/a.jar")).filter(a -> a.getVersion().getMajor() == 1).isPresent();
        components.limit("b", first);
        PluginResult result = install(TestJar.bundle("a", "2.0.0", Map.of()));
        assertEquals(result.toString(), Outcome.ROLLED_BACK, result.outcome());
        assertEquals("The bundle b does not work as before. It had the component b.Main, and has it no more.", result.reason());
        components.limit("b", () -> true);
        live = true;
        picture = first;
        PluginResult dark = install(TestJar.bundle("a", "2.0.0", Map.of()));
        assertEquals("The target default had a picture before, and has none any more.", dark.reason());
    }

    @Test
    public void aFragmentHasToBeAttachedAndALazyBundleNeedNotBeActive() throws Exception {
        installWell(TestJar.bundle("a", "3.0.0", Map.of("Bundle-ActivationPolicy", "lazy")));
        assertEquals(PluginState.RUNNING, plugin("a").state());
        installWell(TestJar.bundle("fits", "1.0.0", Map.of("Fragment-Host", "a")));
        assertEquals(PluginState.RUNNING, plugin("fits").state());
        PluginPlan plan = plan(TestJar.bundle("b", "1.0.0", Map.of("Fragment-Host", "a;bundle-version=\"[3,4)\"")));
        installWell(TestJar.bundle("a", "4.0.0", Map.of()));
        PluginResult result = plugins.applyPlan(ANN, plan.id(), true);
        assertEquals(result.toString(), Outcome.ROLLED_BACK, result.outcome());
        assertEquals("It is not attached to a.", result.reason());
    }

    @Test
    public void aChangeDoesNotDependOnTheAuditLogOrItsAdministration() throws Exception {
        String property = "catseye.test." + System.nanoTime();
        PluginPlan plan = plan(TestJar.waitingFor(property, "a"));
        Thread caller = new Thread(() -> assertThrows(InterruptedException.class, () -> plugins.applyPlan(ANN, plan.id(), true)));
        caller.start();
        await("the start of the bundle", () -> Files.exists(folder.resolve("a.jar")));
        runner.unsetAudit(audit);
        caller.interrupt();
        caller.join();
        System.setProperty(property, "go");
        awaitState("a", PluginState.RUNNING);
        await("the end of the change", () -> temporary.getRoot().toPath().resolve("plugins/trials").toFile().list().length == 0);
        assertEquals(List.of("plugin.trying"), audit.actions());
        runner.setAudit(audit);
        await("the line", () -> audit.lines().toString().contains("result=done"));
    }
}
