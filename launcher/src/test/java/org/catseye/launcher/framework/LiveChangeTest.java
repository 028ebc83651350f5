package org.catseye.launcher.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
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
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;

/** In a real framework that runs, with small real bundles. */
public class LiveChangeTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> unstarted = ConcurrentHashMap.newKeySet();
    private volatile boolean abandoned;
    private Path repository;
    private Framework framework;

    @Before
    public void boot() throws Exception {
        repository = temporary.newFolder("repository").toPath();
        framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", temporary.getRoot().toPath().resolve("cache").toString(),
                "org.osgi.framework.startlevel.beginning", "100", "org.osgi.framework.bsnversion", "multiple"));
        framework.start();
        framework.getBundleContext().addBundleListener((SynchronousBundleListener) event -> {
            if ((event.getType() & (BundleEvent.STARTED | BundleEvent.STOPPED | BundleEvent.UNINSTALLED)) != 0) {
                events.add(Map.of(BundleEvent.STARTED, "+", BundleEvent.STOPPED, "-", BundleEvent.UNINSTALLED, "x").get(event.getType()) + event.getBundle().getSymbolicName());
            }
        });
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(5_000);
        System.getProperties().remove(Hanging.BEGUN);
        System.getProperties().remove(Hanging.RELEASE);
    }

    private void bundle(String name, String... manifest) throws IOException {
        Path jar = repository.resolve(ArtifactId.parseId("g:" + name + ":1").repositoryPath());
        Files.createDirectories(jar.getParent());
        Manifest entries = new Manifest();
        entries.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        entries.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        entries.getMainAttributes().putValue("Bundle-SymbolicName", name);
        for (String line : manifest) {
            entries.getMainAttributes().putValue(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1));
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), entries)) {
            out.putNextEntry(new ZipEntry("p/"));
            for (Class<?> each : List.of(Failing.class, Hanging.class)) {
                String activator = each.getName().replace('.', '/') + ".class";
                out.putNextEntry(new ZipEntry(activator));
                out.write(getClass().getClassLoader().getResourceAsStream(activator).readAllBytes());
            }
        }
    }

    /** An activator that fails. */
    public static final class Failing implements BundleActivator {
        @Override
        public void start(BundleContext context) {
            throw new IllegalStateException("no grabber");
        }

        @Override
        public void stop(BundleContext context) {
            // Never started.
        }
    }

    /** An activator whose stop hangs. Its class is loaded again for the bundle, so it finds the latches in the properties of the system. */
    public static final class Hanging implements BundleActivator {
        static final String BEGUN = "catseye.test.begun";
        static final String RELEASE = "catseye.test.release";

        @Override
        public void start(BundleContext context) {
            // Only its stop hangs.
        }

        @Override
        public void stop(BundleContext context) throws InterruptedException {
            ((CountDownLatch) System.getProperties().get(BEGUN)).countDown();
            ((CountDownLatch) System.getProperties().get(RELEASE)).await();
        }
    }

    /** @param bundles names with start levels, as in {@code a:3} */
    private static Feature feature(String name, String... bundles) {
        return new Feature(name, Arrays.stream(bundles).map(bundle -> bundle.split(":"))
                .map(part -> new Feature.Entry(ArtifactId.parseId("g:" + part[0] + ":1"), Integer.parseInt(part[1]), true)).toList(), Map.of(), Map.of());
    }

    private void apply(Feature... features) throws StartRefusedException {
        BundleContext context = framework.getBundleContext();
        new LiveChange(context, new BundleSynchronizer(context, repository, JarFingerprints.loadFile(temporary.getRoot().toPath().resolve("marks"))), unstarted,
                () -> abandoned).applyFeatures(List.of(features));
    }

    private Bundle installed(String name) {
        return framework.getBundleContext().getBundle("mvn:g:" + name + ":1");
    }

    @Test
    public void bundlesStartInTheOrderOfTheirLevelsAndStopInReverse() throws Exception {
        for (String name : List.of("base", "low", "high", "shared")) {
            bundle(name);
        }
        Feature base = feature("base", "base:1");
        apply(base, feature("one", "high:5", "low:2", "shared:3"));
        assertEquals(List.of("+base", "+low", "+shared", "+high"), events);
        assertEquals(5, installed("high").adapt(BundleStartLevel.class).getStartLevel());
        events.clear();
        apply(base, feature("two", "shared:3"));
        assertEquals("the shared one stays", List.of("-high", "-low", "xhigh", "xlow"), events);
        assertEquals(Bundle.ACTIVE, installed("shared").getState());
        events.clear();
        apply(base, feature("two", "shared:3"), feature("one", "high:5", "low:2"));
        assertEquals(List.of("+low", "+high"), events);
    }

    @Test
    public void bundlesOfUsersStay() throws Exception {
        bundle("a");
        bundle("own");
        apply(feature("base", "a:1"));
        Bundle own = framework.getBundleContext().installBundle("file:own", Files.newInputStream(repository.resolve(ArtifactId.parseId("g:own:1").repositoryPath())));
        apply(feature("base"));
        assertNull(installed("a"));
        assertEquals(Bundle.INSTALLED, own.getState());
    }

    @Test
    public void aNewCopyIsNotConnectedWithTheClassesOfTheOldOne() throws Exception {
        bundle("provider", "Export-Package:p");
        bundle("user", "Import-Package:p");
        Feature both = feature("f", "provider:1", "user:2");
        apply(both);
        Bundle before = installed("provider");
        apply(feature("f"));
        apply(both);
        Bundle now = installed("provider");
        assertTrue(now != before);
        assertEquals(now, installed("user").adapt(org.osgi.framework.wiring.BundleWiring.class).getRequiredWires("osgi.wiring.package").get(0).getProvider().getBundle());
    }

    @Test
    public void aBundleThatDoesNotStartIsNamedWithItsReason() throws Exception {
        bundle("a");
        bundle("bad", "Bundle-Activator:" + Failing.class.getName(), "Import-Package:org.osgi.framework");
        apply(feature("base", "a:1"));
        Feature bad = feature("f", "bad:2");
        String reason = assertThrows(StartRefusedException.class, () -> apply(feature("base", "a:1"), bad)).getMessage();
        assertEquals("the bundle bad did not start: no grabber", reason);
        assertNotNull(installed("bad"));
        apply(feature("base", "a:1"));
        assertNull("undone", installed("bad"));
        assertEquals(Bundle.ACTIVE, installed("a").getState());
    }

    @Test
    public void theNextStartDoesNotTakeItForAChangeOfOthers() throws Exception {
        bundle("a");
        apply(feature("base", "a:1"));
        apply(feature("base"));
        apply(feature("base", "a:1"));
        JarFingerprints fingerprints = JarFingerprints.loadFile(temporary.getRoot().toPath().resolve("marks"));
        assertTrue(fingerprints.isUnchanged("mvn:g:a:1", JarFingerprints.computeFingerprint(repository.resolve(ArtifactId.parseId("g:a:1").repositoryPath())),
                installed("a").getLastModified()));
    }

    @Test
    public void anAbandonedChangeUninstallsNothingAndTheNextOneStartsWhatItHasStopped() throws Exception {
        for (String name : List.of("base", "low", "switched-off")) {
            bundle(name);
        }
        bundle("high", "Bundle-Activator:" + Hanging.class.getName(), "Import-Package:org.osgi.framework");
        Feature base = feature("base", "base:1");
        Feature one = feature("one", "low:2", "high:5", "switched-off:6");
        apply(base, one);
        installed("switched-off").stop();
        abandonInStop(base);
        assertEquals("the others are not stopped", Bundle.ACTIVE, installed("low").getState());
        assertEquals("the next start of the framework would start it", List.of(true, Bundle.RESOLVED),
                List.of(installed("high").adapt(BundleStartLevel.class).isPersistentlyStarted(), installed("high").getState()));
        events.clear();
        apply(base, one);
        assertEquals("a bundle that a user has stopped stays so", List.of("+high"), events);
        assertEquals(Set.of(), unstarted);
    }

    @Test
    public void aChangeThatIsAbandonedInItsLastStopUninstallsNothing() throws Exception {
        bundle("base");
        bundle("only", "Bundle-Activator:" + Hanging.class.getName(), "Import-Package:org.osgi.framework");
        Feature base = feature("base", "base:1");
        Feature one = feature("one", "only:2");
        apply(base, one);
        abandonInStop(base);
        assertNotNull(installed("only"));
        apply(base, one);
        assertEquals(Bundle.ACTIVE, installed("only").getState());
    }

    /** Applies a feature, and abandons that while the stop of a bundle hangs. Then the stop returns. */
    private void abandonInStop(Feature feature) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        System.getProperties().put(Hanging.BEGUN, begun);
        System.getProperties().put(Hanging.RELEASE, release);
        try {
            CompletableFuture<Void> change = CompletableFuture.runAsync(() -> {
                try {
                    apply(feature);
                } catch (StartRefusedException e) {
                    throw new IllegalStateException(e);
                }
            });
            begun.await();
            abandoned = true;
            release.countDown();
            assertTrue(assertThrows(ExecutionException.class, () -> change.get(30, TimeUnit.SECONDS)).getMessage().contains("the change was abandoned"));
            abandoned = false;
        } finally {
            release.countDown();
        }
    }

    @Test
    public void anAbandonedChangeEndsBeforeItsFirstInstallation() throws Exception {
        bundle("a");
        abandoned = true;
        assertThrows(StartRefusedException.class, () -> apply(feature("base", "a:1")));
        assertNull(installed("a"));
    }
}
