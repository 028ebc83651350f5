package org.catseye.launcher.selection;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.catseye.launcher.feature.Feature;
import org.catseye.launcher.feature.FeatureReader;
import org.catseye.launcher.home.ConfigurationSeeds;
import org.catseye.launcher.home.HomeFolder;
import org.catseye.launcher.options.LaunchOptions;
import org.catseye.launcher.options.LaunchOptionsParser;
import org.catseye.launcher.refusal.StartRefusedException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The selection at a start, and the service that changes it. */
public class FeatureSwitchTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private final List<List<String>> changes = Collections.synchronizedList(new ArrayList<>());
    private Path install;
    private Path home;
    private volatile FeatureSwitch.BundleChange bundles = (features, abandoned) -> changes.add(features.stream().map(Feature::name).toList());
    private FeatureSelection selection;

    @Before
    public void unpack() throws Exception {
        install = temporary.newFolder("install").toPath();
        home = temporary.newFolder("home").toPath();
        Files.createDirectories(home.resolve("config"));
        for (String name : List.of("base", "virtual-target", "vnc", "ldap")) {
            write(name, "{\"name\": \"The " + name + "\", \"description\": \"For " + name + ".\", \"bundles\": [\"g:" + name + ":1\"], "
                    + "\"configurations\": {\"org.catseye." + name + "\": {\"port\": 1}}}");
        }
        write("dev", "{\"bundles\": [], \"extensions\": {\"framework-launching-properties\": {\"json\": {\"x\": \"y\"}}}}");
    }

    private void write(String feature, String json) throws IOException {
        Files.writeString(Files.createDirectories(install.resolve("features")).resolve(feature + ".json"), json);
        Path jar = install.resolve("repository/g/" + feature + "/1/" + feature + "-1.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "jar");
    }

    private FeatureSwitch start(String... arguments) throws StartRefusedException {
        LaunchOptions options = LaunchOptionsParser.parseArguments(arguments, Map.of("CATSEYE_HOME", home.toString()));
        SelectedFeatures selected = new SelectedFeatures(install, options, HomeFolder.openFolder(home));
        selection = selected.selectForStart();
        selected.beginStart(selection);
        return selected.createSwitch(selection, (features, abandoned) -> bundles.switchBundles(features, abandoned));
    }

    private FeatureSwitch restart(String... arguments) throws Exception {
        // The lock belongs to this process until it ends.
        Path copy = Files.createTempDirectory(temporary.getRoot().toPath(), "home");
        try (var files = Files.walk(home)) {
            for (Path file : files.filter(each -> Files.isRegularFile(each) && !each.endsWith("lock")).toList()) {
                Path to = copy.resolve(home.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        home = copy;
        return start(arguments);
    }

    private List<String> names() {
        return selection.features().stream().map(Feature::name).toList();
    }

    private static void tryChange(FeatureSwitch service, String feature, String state) {
        service.apply("try", List.of(feature, state, "ann", "192.0.2.1"));
    }

    private static Map<?, ?> describe(FeatureSwitch service, String feature) {
        return ((List<?>) service.apply("describe", List.of()).get("features")).stream().map(each -> (Map<?, ?>) each)
                .filter(each -> each.get("name").equals(feature)).findFirst().orElseThrow();
    }

    private static void assertOrigin(String expected, FeatureSwitch service, String feature) {
        Map<?, ?> described = describe(service, feature);
        assertEquals(expected, described.get("on") + " " + described.get("origin") + " " + described.get("fixed"));
    }

    @Test
    public void nothingChosenStartsTheDefault() throws Exception {
        FeatureSwitch service = start();
        assertEquals(List.of("base", "virtual-target"), names());
        assertOrigin("true base base", service, "base");
        assertOrigin("true default ", service, "virtual-target");
        assertOrigin("false  ", service, "vnc");
        assertOrigin("false  start", service, "dev");
        assertEquals("The vnc: For vnc.", describe(service, "vnc").get("title") + ": " + describe(service, "vnc").get("description"));
    }

    @Test
    public void aKeptChangeIsThereAtTheNextStartAndTheCommandLineAddsToIt() throws Exception {
        FeatureSwitch service = start();
        tryChange(service, "vnc", "on");
        assertEquals(List.of(List.of("base", "virtual-target", "vnc")), changes);
        assertTrue("its configuration", Files.exists(home.resolve("config/org.catseye.vnc.cfg")));
        assertOrigin("false  ", service, "vnc");
        service.apply("keep", List.of());
        assertOrigin("true chosen ", service, "vnc");
        service = restart("--feature", "ldap");
        assertEquals(List.of("base", "ldap", "virtual-target", "vnc"), names());
        assertOrigin("true command-line command-line", service, "ldap");
        tryChange(service, "virtual-target", "off");
        service.apply("keep", List.of());
        restart();
        assertEquals(List.of("base", "vnc"), names());
    }

    @Test
    public void switchingTheLastOneOffStaysSo() throws Exception {
        FeatureSwitch service = start();
        tryChange(service, "virtual-target", "off");
        service.apply("keep", List.of());
        restart();
        assertEquals(List.of("base"), names());
    }

    @Test
    public void aConfigurationOfTheUserIsNotOverwrittenAndStays() throws Exception {
        Files.writeString(home.resolve("config/org.catseye.vnc.cfg"), "port = 7\n");
        FeatureSwitch service = start();
        for (String state : List.of("on", "off")) {
            tryChange(service, "vnc", state);
            service.apply("keep", List.of());
            assertEquals("port = 7\n", Files.readString(home.resolve("config/org.catseye.vnc.cfg")));
        }
    }

    @Test
    public void anUndoneChangeLeavesEverythingAsBefore() throws Exception {
        FeatureSwitch service = start();
        tryChange(service, "vnc", "on");
        assertEquals(Map.of("complete", true), service.apply("undo", List.of("It does not run.")));
        assertEquals(List.of(List.of("base", "virtual-target", "vnc"), List.of("base", "virtual-target")), changes);
        assertOrigin("false  ", service, "vnc");
        assertTrue(service.apply("describe", List.of()).get("rollBack").toString().contains("It does not run."));
        tryChange(service, "ldap", "on");
        service.apply("keep", List.of());
        restart();
        assertEquals(List.of("base", "virtual-target", "ldap"), names());
    }

    @Test
    public void aStopDuringTheTrialIsUndoneAndReportedOnce() throws Exception {
        tryChange(start(), "vnc", "on");
        FeatureSwitch service = restart();
        assertEquals(List.of("base", "virtual-target"), names());
        assertEquals(Map.of("feature", "vnc", "user", "ann", "address", "192.0.2.1", "reason", ChosenFeatures.STOPPED), service.apply("describe", List.of()).get("recovered"));
        assertFalse(service.apply("describe", List.of()).containsKey("recovered"));
    }

    @Test
    public void aMissingFileChangesNoBundle() throws Exception {
        Files.delete(install.resolve("repository/g/vnc/1/vnc-1.jar"));
        FeatureSwitch service = start();
        String reason = assertThrows(IllegalStateException.class, () -> tryChange(service, "vnc", "on")).getMessage();
        assertTrue(reason, reason.contains("vnc-1.jar is missing") && reason.contains("unpack the archive again"));
        assertEquals(List.of(), changes);
        assertEquals(true, service.apply("undo", List.of(reason)).get("complete"));
    }

    @Test
    public void whatCannotBeSwitchedIsRefused() throws Exception {
        FeatureSwitch service = start("--feature", "ldap");
        for (String feature : List.of("base", "ldap", "dev", "vnc")) {
            assertThrows(feature, IllegalStateException.class, () -> tryChange(service, feature, "off"));
        }
        assertThrows(IllegalStateException.class, () -> tryChange(service, "../base", "on"));
        assertThrows("nothing is tried", IllegalStateException.class, () -> service.apply("keep", List.of()));
        tryChange(service, "vnc", "on");
        assertThrows("one at a time", IllegalStateException.class, () -> tryChange(service, "virtual-target", "on"));
        FeatureSwitch safe = restart("--safe-mode");
        assertOrigin("false  safe-mode", safe, "vnc");
    }

    @Test
    public void theSafeModeIgnoresTheChoiceAndKeepsIt() throws Exception {
        FeatureSwitch service = start();
        tryChange(service, "vnc", "on");
        service.apply("keep", List.of());
        restart("--safe-mode");
        assertEquals(List.of("base", "virtual-target"), names());
        assertTrue(selection.problem().contains("safe mode"));
        restart();
        assertEquals(List.of("base", "virtual-target", "vnc"), names());
    }

    @Test
    public void afterTwoFailedStartsTheDefaultRunsUntilTheNextChoice() throws Exception {
        Files.createDirectories(home.resolve("features"));
        Files.writeString(home.resolve("features/chosen"), "vnc\n");
        start();
        restart();
        assertEquals(List.of("base", "vnc"), names());
        restart();
        assertEquals(List.of("base", "virtual-target"), names());
        assertTrue(selection.problem(), selection.problem().contains("twice in a row"));
        FeatureSwitch service = restart();
        assertTrue("not only once", selection.problem().contains("twice in a row"));
        tryChange(service, "ldap", "on");
        service.apply("keep", List.of());
        restart();
        assertEquals(List.of("base", "virtual-target", "ldap"), names());
        assertEquals("", selection.problem());
        assertEquals("the old choice is not lost", "vnc\n", Files.readString(home.resolve("features/chosen.ignored")));
    }

    @Test
    public void aLoginEndsTheCountOfStarts() throws Exception {
        Files.createDirectories(home.resolve("features"));
        Files.writeString(home.resolve("features/chosen"), "vnc\n");
        LaunchOptions options = LaunchOptionsParser.parseArguments(new String[0], Map.of("CATSEYE_HOME", home.toString()));
        SelectedFeatures selected = new SelectedFeatures(install, options, HomeFolder.openFolder(home));
        for (int i = 0; i < 3; i++) {
            FeatureSelection chosen = selected.selectForStart();
            assertEquals(2, chosen.features().size());
            assertEquals("", chosen.problem());
            selected.beginStart(chosen);
            selected.confirmStart(chosen);
        }
    }

    @Test
    public void aFeatureThatIsGoneOrAFileThatIsUnreadableIsSaid() throws Exception {
        Files.createDirectories(home.resolve("features"));
        Files.writeString(home.resolve("features/chosen"), "vnc\nremoved\n");
        start();
        assertEquals(List.of("base", "vnc"), names());
        assertTrue(selection.problem(), selection.problem().contains("removed was switched on, and cannot be used: unknown feature"));
        Files.writeString(home.resolve("features/chosen"), "NO NAME\n");
        FeatureSwitch service = restart();
        assertEquals(List.of("base", "virtual-target"), names());
        assertTrue(service.apply("describe", List.of()).get("problem").toString().contains("write one name a line"));
        for (String feature : List.of("vnc", "ldap")) {
            tryChange(service, feature, "on");
            service.apply("keep", List.of());
            assertEquals("only one that was ignored is kept", "NO NAME\n", Files.readString(home.resolve("features/chosen.ignored")));
        }
    }

    private FeatureSwitch startWithTimeout(long timeoutMillis) throws Exception {
        start();
        return new FeatureSwitch(new FeatureReader(install.resolve("features")), install.resolve("repository"), new ConfigurationSeeds(home.resolve("config")),
                new ChosenFeatures(home), false, selection, Optional.empty(), (features, abandoned) -> bundles.switchBundles(features, abandoned), timeoutMillis);
    }

    /** A bundle that hangs until it is released; then the change would go on with other bundles. */
    private void hangFirstChange(CountDownLatch begun, CountDownLatch release, CountDownLatch ended) {
        FeatureSwitch.BundleChange others = bundles;
        bundles = (features, abandoned) -> {
            bundles = others;
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!abandoned.getAsBoolean()) {
                changes.add(List.of("uninstalled later"));
            }
            ended.countDown();
        };
    }

    @Test
    public void aBundleThatHangsEndsTheTrialAndNothingIsChangedAfterwards() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        hangFirstChange(new CountDownLatch(1), release, ended);
        FeatureSwitch service = startWithTimeout(100);
        assertTrue(assertThrows(IllegalStateException.class, () -> tryChange(service, "virtual-target", "off")).getMessage().contains("has not started or stopped"));
        assertEquals("it has to be restarted", Map.of("complete", false), service.apply("undo", List.of("It hangs.")));
        assertEquals("It hangs.", new ChosenFeatures(home).findRollBack().orElseThrow().reason());
        assertEquals("no second change beside it", List.of(), changes);
        assertTrue(assertThrows(IllegalStateException.class, () -> tryChange(service, "vnc", "on")).getMessage().contains("an earlier change has not ended"));
        assertEquals(Map.of("complete", false), service.apply("undo", List.of("It still hangs.")));
        release.countDown();
        ended.await();
        assertEquals(List.of(), changes);
        awaitIdle(service);
        tryChange(service, "vnc", "on");
        assertEquals(List.of(List.of("base", "virtual-target", "vnc")), changes);
    }

    private static void awaitIdle(FeatureSwitch service) {
        // Without a change, this says whether one runs.
        while (!service.apply("undo", List.of("")).get("complete").equals(true)) {
            Thread.onSpinWait();
        }
    }

    @Test
    public void anUndoWaitsForTheBundleThatHangsAndThenRestoresTheOthers() throws Exception {
        CountDownLatch abandonedInTime = new CountDownLatch(1);
        FeatureSwitch.BundleChange others = bundles;
        bundles = (features, abandoned) -> {
            bundles = others;
            while (!abandoned.getAsBoolean()) {
                Thread.onSpinWait();
            }
            abandonedInTime.countDown();
            throw new StartRefusedException("the change was abandoned");
        };
        FeatureSwitch service = startWithTimeout(1_000);
        assertThrows(IllegalStateException.class, () -> tryChange(service, "virtual-target", "off"));
        assertEquals("the change goes on until the undo", 1, abandonedInTime.getCount());
        assertEquals(Map.of("complete", true), service.apply("undo", List.of("It hangs.")));
        assertEquals(List.of(List.of("base", "virtual-target")), changes);
    }

    @Test
    public void theFeaturesAreDescribedWhileAChangeRuns() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        hangFirstChange(begun, release, new CountDownLatch(1));
        FeatureSwitch service = startWithTimeout(60_000);
        CompletableFuture<Void> change = CompletableFuture.runAsync(() -> tryChange(service, "vnc", "on"));
        begun.await();
        try {
            assertEquals("false", CompletableFuture.supplyAsync(() -> describe(service, "vnc").get("on").toString()).get(30, TimeUnit.SECONDS));
        } finally {
            release.countDown();
        }
        change.get(30, TimeUnit.SECONDS);
    }
}
