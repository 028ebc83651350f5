package org.catseye.launcher.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.FrameworkFactory;
import org.catseye.launcher.feature.ArtifactId;
import org.catseye.launcher.feature.Feature;
import org.catseye.launcher.refusal.StartRefusedException;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;

/** In a real framework, with small real bundles. */
public class BundleSynchronizerTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private Path repository;
    private Framework framework;

    @Before
    public void start() throws Exception {
        repository = temporary.newFolder("repository").toPath();
        boot();
    }

    private void boot() throws Exception {
        framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage",
                temporary.getRoot().toPath().resolve("cache").toString(),
                "org.osgi.framework.startlevel.beginning", "100", "org.osgi.framework.bsnversion", "multiple"));
        framework.init();
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(5_000);
    }

    private void restart() throws Exception {
        stop();
        boot();
    }

    private Path bundle(String name, String... manifest) throws IOException {
        Path jar = repository.resolve(ArtifactId.parseId("g:" + name + ":1").repositoryPath());
        Files.createDirectories(jar.getParent());
        Manifest entries = new Manifest();
        entries.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        entries.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        entries.getMainAttributes().putValue("Bundle-SymbolicName", name);
        entries.getMainAttributes().putValue("Bundle-Version", "1.0.0");
        for (String line : manifest) {
            entries.getMainAttributes().putValue(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1));
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), entries)) {
            out.putNextEntry(new ZipEntry("x"));
        }
        return jar;
    }

    private void apply(String... names) throws StartRefusedException {
        sync().applyFeatures(List.of(feature(names)));
    }

    private BundleSynchronizer sync() {
        return new BundleSynchronizer(framework.getBundleContext(), repository,
                JarFingerprints.loadFile(temporary.getRoot().toPath().resolve("marks")));
    }

    private static Feature feature(String... names) {
        return featureAt(7, names);
    }

    private static Feature featureAt(int startLevel, String... names) {
        List<Feature.Entry> entries = java.util.Arrays.stream(names)
                .map(name -> new Feature.Entry(ArtifactId.parseId("g:" + name + ":1"), startLevel, true)).toList();
        return new Feature("f", entries, Map.of(), Map.of());
    }

    private Bundle installed(String name) {
        return framework.getBundleContext().getBundle("mvn:g:" + name + ":1");
    }

    @Test
    public void installsAndStartsListedBundles() throws Exception {
        bundle("a");
        bundle("fragment", "Fragment-Host:a");
        apply("a", "fragment");
        framework.start();
        assertEquals(Bundle.ACTIVE, installed("a").getState());
        assertEquals(7, installed("a").adapt(BundleStartLevel.class).getStartLevel());
        assertEquals(Bundle.RESOLVED, installed("fragment").getState());
    }

    @Test
    public void updatesChangedJarWithSameTimeStamp() throws Exception {
        Path jar = bundle("a", "X-Build:1");
        var time = Files.getLastModifiedTime(jar);
        apply("a");
        restart();
        bundle("a", "X-Build:2");
        Files.setLastModifiedTime(jar, time);
        apply("a");
        assertEquals("2", installed("a").getHeaders().get("X-Build"));
    }

    @Test
    public void appliesNewStartLevelToUnchangedBundle() throws Exception {
        bundle("a");
        apply("a");
        restart();
        sync().applyFeatures(List.of(featureAt(3, "a")));
        assertEquals(3, installed("a").adapt(BundleStartLevel.class).getStartLevel());
    }

    @Test
    public void unchangedBundleIsNotUpdated() throws Exception {
        bundle("a");
        apply("a");
        long modified = installed("a").getLastModified();
        restart();
        apply("a");
        assertEquals(modified, installed("a").getLastModified());
    }

    @Test
    public void restoresAChangedBundleAtTheNextStart() throws Exception {
        bundle("a", "X-Build:product");
        apply("a");
        change("a");
        restart();
        assertEquals("foreign", installed("a").getHeaders().get("X-Build"));
        apply("a");
        assertEquals("product", installed("a").getHeaders().get("X-Build"));
    }

    @Test
    public void restoresAChangedBundleWhileItRuns() throws Exception {
        bundle("a", "X-Build:product");
        apply("a");
        framework.start();
        change("a");
        Feature base = feature("a");
        assertEquals(List.of("a had been changed and is the product's own again"), sync().repairBundles(base, 7));
        assertEquals("product", installed("a").getHeaders().get("X-Build"));
        awaitActive(installed("a"));
        assertEquals(List.of(), sync().repairBundles(base, 7));
    }

    /** As the upload form of a web console does. */
    private void change(String name) throws Exception {
        Path jar = repository.resolve(ArtifactId.parseId("g:" + name + ":1").repositoryPath());
        byte[] original = Files.readAllBytes(jar);
        bundle(name, "X-Build:foreign", "Import-Package:not.there");
        TimeUnit.MILLISECONDS.sleep(2);
        try (var in = Files.newInputStream(jar)) {
            installed(name).update(in);
        } catch (BundleException unresolved) {
            assertEquals(Bundle.INSTALLED, installed(name).getState());
        }
        Files.write(jar, original);
    }

    @Test
    public void bundleStoppedByUserStaysStopped() throws Exception {
        bundle("a");
        apply("a");
        framework.start();
        installed("a").stop();
        restart();
        apply("a");
        framework.start();
        assertFalse(installed("a").getState() == Bundle.ACTIVE);
    }

    @Test
    public void requiredBundlesAreStartedAgain() throws Exception {
        bundle("a");
        bundle("b");
        bundle("fragment", "Fragment-Host:a");
        apply("a", "b", "fragment");
        framework.start();
        installed("a").stop();
        installed("b").stop();
        restart();
        apply("a", "b", "fragment");
        sync().startStoppedBundles(List.of(feature("a", "fragment")));
        framework.start();
        assertEquals(Bundle.ACTIVE, installed("a").getState());
        assertFalse(installed("b").getState() == Bundle.ACTIVE);
    }

    @Test
    public void runningFrameworkIsRepaired() throws Exception {
        for (String name : new String[] {"stopped", "uninstalled", "late", "running"}) {
            bundle(name);
        }
        bundle("fragment", "Fragment-Host:running");
        apply("stopped", "uninstalled", "late", "running", "fragment");
        framework.start();
        installed("stopped").stop();
        installed("uninstalled").uninstall();
        installed("late").adapt(BundleStartLevel.class).setStartLevel(200);
        Feature base = feature("stopped", "uninstalled", "late", "running", "fragment");
        assertFalse(sync().areBundlesRunning(base, 7));
        assertTrue("below it", sync().areBundlesRunning(base, 6));
        assertEquals(List.of(), sync().repairBundles(base, 6));
        List<String> repaired = sync().repairBundles(base, 7);
        assertEquals(repaired.toString(), 3, repaired.stream().map(line -> line.split(" ")[0]).distinct().count());
        for (String name : new String[] {"stopped", "uninstalled", "late", "running"}) {
            assertNotNull(name, installed(name));
            awaitActive(installed(name));
            assertEquals(7, installed(name).adapt(BundleStartLevel.class).getStartLevel());
        }
        assertEquals(List.of(), sync().repairBundles(base, 7));
        assertTrue(sync().areBundlesRunning(base, 7));
    }

    /** Start levels of bundles take effect on a thread of the framework. */
    private static void awaitActive(Bundle bundle) throws InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (bundle.getState() != Bundle.ACTIVE && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState());
    }

    @Test
    public void uninstallsUnlistedBundlesExceptThoseOfUsers() throws Exception {
        bundle("a");
        Path own = bundle("own");
        apply("a");
        framework.getBundleContext().installBundle("inputstream:own", Files.newInputStream(own));
        restart();
        apply();
        assertNull(installed("a"));
        assertNotNull(framework.getBundleContext().getBundle("inputstream:own"));
    }

    @Test
    public void bundleInstalledByUserTakesNoPlaceOfTheProducts() throws Exception {
        framework.getBundleContext().installBundle("inputstream:a", Files.newInputStream(bundle("a")));
        apply("a");
        assertNotNull(installed("a"));
        assertNotNull(framework.getBundleContext().getBundle("inputstream:a"));
    }

    @Test
    public void uninstallsBundlesThatFileInstallHasLeft() throws Exception {
        Path deploy = temporary.newFolder("deploy").toPath();
        framework.getBundleContext().installBundle(deploy.resolve("old.jar").toFile().toURI().toString(), Files.newInputStream(bundle("old")));
        stop();
        framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", temporary.getRoot().toPath().resolve("cache").toString(),
                "catseye.deploy.folder", deploy.toString()));
        framework.init();
        apply();
        assertEquals("only the framework is left", 1, framework.getBundleContext().getBundles().length);
    }

    @Test
    public void missingOrDamagedJarIsRefusedByName() throws Exception {
        String missing = assertThrows(StartRefusedException.class, () -> apply("a")).getMessage();
        assertTrue(missing, missing.contains("lists g:a:1") && missing.contains("is missing"));
        Path jar = bundle("a");
        Files.write(jar, new byte[] {1, 2, 3});
        String damaged = assertThrows(StartRefusedException.class, () -> apply("a")).getMessage();
        assertTrue(damaged, damaged.contains(jar + " of feature f is broken"));
    }

    @Test
    public void aBundleThatAnotherVersionReplacesIsNotStarted() throws Exception {
        Path jar = bundle("a");
        apply("a");
        framework.start();
        installed("a").stop(Bundle.STOP_TRANSIENT);
        Bundle dropped = framework.getBundleContext().installBundle("drop:a/a.jar", Files.newInputStream(jar));
        dropped.start(Bundle.START_TRANSIENT);
        assertEquals(List.of(), sync().repairBundles(feature("a"), 7));
        assertFalse(installed("a").getState() == Bundle.ACTIVE);
        dropped.uninstall();
        assertEquals(1, sync().repairBundles(feature("a"), 7).size());
    }
}
