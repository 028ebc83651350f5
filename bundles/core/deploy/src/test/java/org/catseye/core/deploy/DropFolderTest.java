package org.catseye.core.deploy;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import org.apache.felix.framework.FrameworkFactory;
import org.catseye.core.deploy.fixture.TestJar;
import org.catseye.deploy.AddedBundles;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** In a real framework, with small real bundles. */
public class DropFolderTest {

    private static final String PRODUCT = "mvn:org.example:a:1";
    private static final long POLL_MILLIS = 20;
    private static final long PATIENCE_SECONDS = 20;

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private Path folder;
    private Framework framework;
    private DropFolder dropFolder;

    @Before
    public void boot() throws Exception {
        Path home = temporary.getRoot().toPath().resolve("a home with ü");
        folder = Files.createDirectories(home.resolve("deploy"));
        framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", home.resolve("cache").toString(),
                "org.osgi.framework.startlevel.beginning", "100", "org.osgi.framework.bsnversion", "multiple",
                "catseye.deploy.folder", folder.toString()));
        framework.init();
        watch();
        framework.start();
    }

    private void watch() {
        dropFolder = new DropFolder(framework.getBundleContext(), this::review, POLL_MILLIS);
        dropFolder.start();
    }

    private Optional<String> review(Attributes headers) {
        if (headers.getValue("X-Throw") != null) {
            throw new ArrayIndexOutOfBoundsException(0);
        }
        return Optional.ofNullable(headers.getValue("X-Problem"));
    }

    @After
    public void stop() throws Exception {
        dropFolder.stop();
        framework.stop();
        framework.waitForStop(5_000);
    }

    private void restart(Callable<?> meanwhile) throws Exception {
        stop();
        meanwhile.call();
        boot();
    }

    private Path drop(String file, byte[] content) throws IOException {
        Path draft = Files.write(folder.resolve(file + ".new"), content);
        return Files.move(draft, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path drop(String file, String name, String version, String... header) throws IOException {
        return drop(file, TestJar.bundle(name, version, header.length == 0 ? Map.of() : Map.of(header[0], header[1])));
    }

    private Bundle installProduct(String version) throws Exception {
        Bundle product = framework.getBundleContext().installBundle(PRODUCT, new ByteArrayInputStream(TestJar.bundle("a", version, Map.of())));
        product.start();
        return product;
    }

    /** The versions of this bundle that run, each with the header X-Build if there is one. */
    private List<String> running(String name) {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()) && bundle.getState() == Bundle.ACTIVE)
                .map(bundle -> bundle.getVersion() + Optional.ofNullable(bundle.getHeaders().get("X-Build")).map(build -> " " + build).orElse("")).sorted().toList();
    }

    private Bundle find(String name) {
        return Arrays.stream(framework.getBundleContext().getBundles()).filter(bundle -> name.equals(bundle.getSymbolicName())).findFirst().orElseThrow();
    }

    private void awaitRunning(String name, String... versions) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!running(name).equals(List.of(versions)) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertEquals(name, List.of(versions), running(name));
    }

    /** What was dropped before is settled when another bundle, dropped after it, runs. */
    private void awaitSettled() throws Exception {
        String name = "last" + System.nanoTime();
        Path file = drop(name + ".jar", name, "1.0.0");
        awaitRunning(name, "1.0.0");
        Files.delete(file);
        // It stops shortly before it is uninstalled.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (isInstalled(name) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertFalse(name, isInstalled(name));
    }

    private boolean isInstalled(String name) {
        return Arrays.stream(framework.getBundleContext().getBundles()).anyMatch(bundle -> name.equals(bundle.getSymbolicName()));
    }

    @Test
    public void aJarThatIsCopiedSlowlyIsInstalledWhenItIsWhole() throws Exception {
        byte[] whole = TestJar.bundle("a", "1.0.0", Map.of());
        Files.write(folder.resolve("a.jar"), Arrays.copyOf(whole, whole.length / 2));
        awaitSettled();
        Files.write(folder.resolve("a.jar"), whole);
        awaitRunning("a", "1.0.0");
    }

    @Test
    public void aJarThatIsOverwrittenRunsUntilTheNewOneIsWhole() throws Exception {
        drop("a.jar", "a", "1.0.0", "X-Build", "1");
        awaitRunning("a", "1.0.0 1");
        byte[] next = TestJar.bundle("a", "1.0.0", Map.of("X-Build", "2"));
        Files.write(folder.resolve("a.jar"), Arrays.copyOf(next, next.length / 2));
        awaitSettled();
        assertEquals(List.of("1.0.0 1"), running("a"));
        Files.write(folder.resolve("a.jar"), next);
        awaitRunning("a", "1.0.0 2");
    }

    @Test
    public void aRefusedJarThatIsCorrectedIsInstalled() throws Exception {
        drop("a.jar", "a", "1.0.0", "X-Problem", "it is no gate");
        awaitSettled();
        assertEquals(List.of(), running("a"));
        drop("a.jar", "a", "1.0.0");
        awaitRunning("a", "1.0.0");
        drop("a.jar", "a", "1.0.1", "X-Problem", "it is no gate");
        awaitRunning("a");
    }

    @Test
    public void aCopyOfAProductBundleGivesItsPlaceBackUnchanged() throws Exception {
        Bundle product = installProduct("1.0.0");
        long modified = product.getLastModified();
        Path file = drop("copy.jar", "a", "1.0.0", "X-Build", "foreign");
        awaitRunning("a", "1.0.0 foreign");
        restart(() -> file);
        awaitRunning("a", "1.0.0 foreign");
        Files.delete(file);
        awaitRunning("a", "1.0.0");
        assertEquals(modified, framework.getBundleContext().getBundle(PRODUCT).getLastModified());
    }

    @Test
    public void aCopyOfAProductBundleThatIsRemovedWhileItIsStoppedIsNeverStarted() throws Exception {
        installProduct("1.0.0");
        Path file = drop("copy.jar", "a", "1.0.0", "X-Build", "foreign");
        awaitRunning("a", "1.0.0 foreign");
        restart(() -> Files.deleteIfExists(file));
        assertEquals(List.of("1.0.0"), running("a"));
        awaitSettled();
        assertEquals(List.of("1.0.0"), running("a"));
    }

    @Test
    public void onlyTheHighestVersionRuns() throws Exception {
        installProduct("1.5.0");
        Path newest = drop("2.jar", "a", "2.0.0");
        awaitRunning("a", "2.0.0");
        drop("1.jar", "a", "1.0.0");
        drop("other2.jar", "a", "1.9.0");
        awaitSettled();
        assertEquals(List.of("2.0.0"), running("a"));
        restart(() -> newest);
        awaitRunning("a", "2.0.0");
        Files.delete(newest);
        awaitRunning("a", "1.9.0");
        Files.delete(folder.resolve("other2.jar"));
        awaitRunning("a", "1.5.0");
    }

    @Test
    public void aJarOfAnEarlierRunCanBeRemoved() throws Exception {
        Path file = drop("a.jar", "a", "1.0.0");
        awaitRunning("a", "1.0.0");
        restart(() -> file);
        awaitRunning("a", "1.0.0");
        Files.delete(file);
        awaitRunning("a");
        drop("b.jar", "b", "1.0.0");
        awaitRunning("b", "1.0.0");
        restart(() -> Files.deleteIfExists(folder.resolve("b.jar")));
        awaitSettled();
        assertEquals(List.of(), running("b"));
    }

    @Test
    public void aChangeWhileItIsStoppedIsSeenAtTheNextStart() throws Exception {
        drop("a.jar", "a", "1.0.0", "X-Build", "1");
        awaitRunning("a", "1.0.0 1");
        restart(() -> drop("a.jar", "a", "1.0.0", "X-Build", "2"));
        awaitRunning("a", "1.0.0 2");
    }

    @Test
    public void theFrameworkItselfStartsNoneOfThem() throws Exception {
        drop("a.jar", "a", "1.0.0");
        awaitRunning("a", "1.0.0");
        assertFalse(find("a").adapt(BundleStartLevel.class).isPersistentlyStarted());
    }

    @Test
    public void anUnresolvedVersionLeavesTheOldOneRunningUntilItResolves() throws Exception {
        installProduct("1.0.0");
        drop("a.jar", "a", "2.0.0", "Import-Package", "x.missing");
        awaitSettled();
        assertEquals(List.of("1.0.0"), running("a"));
        drop("lib.jar", "lib", "1.0.0", "Export-Package", "x.missing");
        awaitRunning("a", "2.0.0");
        Files.delete(folder.resolve("lib.jar"));
        awaitRunning("a", "1.0.0");
    }

    @Test
    public void aBundleRunsAgainWhenTheFrameworkHasItsStartLevelAgain() throws Exception {
        installProduct("1.0.0");
        drop("b.jar", "b", "1.0.0");
        awaitRunning("b", "1.0.0");
        framework.adapt(FrameworkStartLevel.class).setStartLevel(10);
        awaitRunning("b");
        installProductAtLevel(50);
        framework.adapt(FrameworkStartLevel.class).setStartLevel(100);
        awaitRunning("b", "1.0.0");
    }

    private void installProductAtLevel(int level) throws Exception {
        Bundle bundle = framework.getBundleContext().installBundle("mvn:org.example:level:1", new ByteArrayInputStream(TestJar.bundle("level", "1.0.0", Map.of())));
        bundle.adapt(BundleStartLevel.class).setStartLevel(level);
        bundle.start();
    }

    @Test
    public void aStartThatTakesLongDelaysNoOtherBundle() throws Exception {
        String property = "catseye.test." + System.nanoTime();
        drop("slow.jar", TestJar.waitingFor(property, "slow"));
        try {
            drop("quick.jar", "quick", "1.0.0");
            awaitRunning("quick", "1.0.0");
            assertEquals(List.of(), running("slow"));
        } finally {
            System.setProperty(property, "go");
        }
        awaitRunning("slow", "1.0.0");
    }

    @Test
    public void theFileOfABundleThatAUserUninstallsLeavesTheFolder() throws Exception {
        drop("a.jar", "a", "1.0.0");
        awaitRunning("a", "1.0.0");
        find("a").uninstall();
        assertFalse(Files.exists(folder.resolve("a.jar")));
        assertTrue(Files.exists(folder.resolve("a.jar.uninstalled")));
        drop("a.jar", "a", "1.0.0");
        awaitRunning("a", "1.0.0");
    }

    @Test
    public void aBundleThatAUserStopsStaysStopped() throws Exception {
        Path file = drop("a.jar", "a", "1.0.0");
        awaitRunning("a", "1.0.0");
        find("a").stop();
        awaitSettled();
        restart(() -> file);
        awaitSettled();
        assertEquals(List.of(), running("a"));
        find("a").start();
        restart(() -> file);
        awaitRunning("a", "1.0.0");
    }

    private List<AddedBundles.Result> upload(byte[]... jars) throws Exception {
        return dropFolder.addBundles(Arrays.stream(jars).map(ByteArrayInputStream::new).toList(), true);
    }

    private static final AddedBundles.Result RUNS = new AddedBundles.Result(true, Optional.empty());

    @Test
    public void anUploadedBundleRunsWhenTheUploadReturns() throws Exception {
        assertEquals(List.of(RUNS), upload(TestJar.bundle("a", "2.0.0", Map.of())));
        assertEquals(List.of("2.0.0"), running("a"));
        assertEquals("an older version replaces it", List.of(RUNS), upload(TestJar.bundle("a", "1.0.0", Map.of())));
        assertEquals(List.of("1.0.0"), running("a"));
        find("a").stop();
        assertEquals("it starts again", List.of(RUNS), upload(TestJar.bundle("a", "1.0.0", Map.of())));
        assertEquals(List.of("1.0.0"), running("a"));
    }

    @Test
    public void anUploadTellsWhyABundleDoesNotRun() throws Exception {
        installProduct("1.0.0");
        AddedBundles.Result unresolved = upload(TestJar.bundle("a", "2.0.0", Map.of("Import-Package", "x.missing"))).get(0);
        assertTrue(unresolved.added() && unresolved.problem().orElseThrow().contains("x.missing"));
        assertEquals("the product's keeps running", List.of("1.0.0"), running("a"));
        for (byte[] jar : List.of(new byte[] {1, 2}, TestJar.withHeaders(Map.of()), TestJar.bundle("b", "1.0.0", Map.of("X-Problem", "it is no gate")))) {
            AddedBundles.Result refused = upload(jar).get(0);
            assertFalse(refused.added());
            assertTrue(refused.problem().isPresent());
        }
        assertEquals(List.of("a.jar"), Arrays.asList(folder.toFile().list()));
    }

    @Test
    public void bundlesOfOneUploadMayNeedEachOther() throws Exception {
        assertEquals(List.of(RUNS, RUNS), upload(TestJar.bundle("a", "1.0.0", Map.of("Import-Package", "x.lib")),
                TestJar.bundle("lib", "1.0.0", Map.of("Export-Package", "x.lib"))));
    }

    @Test
    public void anUploadedBundleStartsOnlyIfItIsToStart() throws Exception {
        assertEquals(List.of(RUNS), dropFolder.addBundles(List.of(new ByteArrayInputStream(TestJar.bundle("a", "1.0.0", Map.of()))), false));
        assertEquals(Bundle.INSTALLED, find("a").getState());
    }

    @Test
    public void aFileThatBecomesAnotherBundleReplacesTheFirst() throws Exception {
        drop("a.jar", "a", "1.0.0");
        awaitRunning("a", "1.0.0");
        drop("a.jar", "b", "1.0.0");
        awaitRunning("b", "1.0.0");
        awaitRunning("a");
    }

    @Test
    public void aJarWithTheNameOfTheFrameworkDoesNotStopIt() throws Exception {
        drop("a.jar", framework.getSymbolicName(), "99.0.0");
        awaitSettled();
        assertEquals(Bundle.ACTIVE, framework.getState());
    }

    @Test
    public void malformedJarsAreRefusedAndTheFolderIsStillWatched() throws Exception {
        drop("semicolon.jar", TestJar.bundle(";", "1.0.0", Map.of()));
        drop("outside.jar", TestJar.bundle("../../outside", "1.0.0", Map.of()));
        drop("long.jar", TestJar.bundle("x".repeat(201), "1.0.0", Map.of()));
        drop("thrown.jar", TestJar.bundle("thrown", "1.0.0", Map.of("X-Throw", "true")));
        awaitSettled();
        assertEquals(List.of(), running("thrown"));
        assertEquals("none of them is installed", 1, framework.getBundleContext().getBundles().length);
        assertFalse(upload(TestJar.bundle(";", "1.0.0", Map.of())).get(0).added());
    }

    @Test
    public void anUpdateThatFailsLeavesThePreviousContentRunning() throws Exception {
        drop("a.jar", "a", "1.0.0", "X-Build", "1");
        awaitRunning("a", "1.0.0 1");
        drop("a.jar", TestJar.bundle("a", "1.0.0", Map.of("X-Build", "2", "Import-Package", "x;version=[")));
        awaitSettled();
        awaitRunning("a", "1.0.0 1");
        AddedBundles.Result failed = upload(TestJar.bundle("a", "1.0.0", Map.of("X-Build", "3", "Import-Package", "x;version=["))).get(0);
        assertTrue(failed.toString(), failed.problem().orElseThrow().contains("previous content is kept"));
        restart(() -> folder);
        awaitRunning("a", "1.0.0 1");
        drop("a.jar", "a", "1.0.0", "X-Build", "4");
        awaitRunning("a", "1.0.0 4");
    }

    @Test
    public void aReplacedContentThatDoesNotStartIsReported() throws Exception {
        assertEquals(List.of(RUNS), upload(TestJar.bundle("a", "1.0.0", Map.of())));
        AddedBundles.Result failed = upload(TestJar.bundle("a", "1.0.1", Map.of("Bundle-Activator", "x.Missing"))).get(0);
        assertTrue(failed.toString(), failed.problem().orElseThrow().contains("its previous content was replaced"));
    }

    @Test
    public void leftoversOfUploadsAreDeletedAtTheStart() throws Exception {
        Path leftover = Files.write(folder.resolve(".upload-1.tmp"), new byte[1]);
        Files.setLastModifiedTime(leftover, FileTime.fromMillis(0));
        restart(() -> leftover);
        awaitSettled();
        assertFalse(Files.exists(leftover));
    }
}
