package org.catseye.core.watchdog.usage;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.catseye.core.watchdog.fixture.FakeBundles;
import org.catseye.core.watchdog.fixture.PluginLoader;
import org.catseye.core.watchdog.owner.BundleOwner;
import org.catseye.core.watchdog.owner.BundleOwners;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;

public class ThreadSamplerTest {

    private static final BundleOwner HUB = new BundleOwner("org.catseye.core.video", false);
    private static final BundleOwner DRIVER = new BundleOwner("com.example", true);
    private static final List<String> IN_HUB = List.of("java.lang.Object", "org.catseye.core.video.Loop", "java.lang.Thread");
    private static final List<String> IN_DRIVER = List.of("java.lang.Math", "com.example.Driver", "org.catseye.core.video.Loop", "java.lang.Thread");
    private static final List<String> OF_DRIVER = List.of("org.catseye.core.video.Loop", "com.example.Driver", "java.lang.Thread");
    private static final List<String> OF_JAVA = List.of("java.util.concurrent.ThreadPoolExecutor", "java.lang.Thread");

    private final FakeBundles bundles = new FakeBundles();
    private final BundleOwners owners = new BundleOwners(bundles.context());
    private final FakeThreads threads = new FakeThreads();
    private final ThreadSampler sampler = new ThreadSampler(threads, owners);

    private static final class FakeThreads implements ThreadSource {
        private final Map<Long, Long> cpuMillis = new LinkedHashMap<>();
        private final Map<Long, List<String>> stacks = new HashMap<>();
        private final Map<Long, String> names = new HashMap<>();
        private final Map<Long, Loaders> loaders = new HashMap<>();
        private final List<Long> read = new ArrayList<>();

        void set(long id, long millis, List<String> stack) {
            cpuMillis.put(id, millis);
            stacks.put(id, stack);
        }

        @Override
        public long[] listIds() {
            return cpuMillis.keySet().stream().mapToLong(Long::longValue).toArray();
        }

        @Override
        public long cpuNanos(long id) {
            long millis = cpuMillis.get(id);
            return millis < 0 ? -1 : TimeUnit.MILLISECONDS.toNanos(millis);
        }

        @Override
        public List<Stack> readStacks(long[] ids) {
            Arrays.stream(ids).forEach(read::add);
            return Arrays.stream(ids).mapToObj(id -> new Stack(id, names.getOrDefault(id, "t"), stacks.get(id), true)).toList();
        }

        @Override
        public Map<Long, Loaders> readLoaders(Set<Long> ids) {
            return loaders;
        }
    }

    @Before
    public void addBundles() {
        owners.setPluginLocations(location -> location.startsWith("drop:"));
        bundles.add(1, HUB.name(), "mvn:video", Bundle.ACTIVE, "org.catseye.core.video");
        bundles.add(2, DRIVER.name(), "drop:com.example/x.jar", Bundle.ACTIVE, "com.example");
        owners.readBundles();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Test
    public void timeOfItsOwnThreadAndInsideItsCodeIsChargedToAPlugin() {
        threads.set(1, 5_000, IN_HUB);
        threads.set(2, 7_000, OF_DRIVER);
        threads.set(3, 0, IN_HUB);
        sampler.takeSample();
        threads.set(1, 5_100, IN_DRIVER);
        threads.set(2, 7_400, List.of("org.catseye.core.video.Loop"));
        threads.set(3, 30, IN_HUB);
        threads.set(4, 50, OF_DRIVER);
        Map<BundleOwner, ThreadUsage> used = sampler.takeSample();
        ThreadUsage driver = used.get(DRIVER);
        assertEquals("of its threads, the new one included", 450, millis(driver.ownNanos()));
        assertEquals("of a thread that calls it", 100, millis(driver.callbackNanos()));
        assertEquals(Set.of(1L, 2L, 4L), driver.threads());
        assertEquals(30, millis(used.get(HUB).nanos()));
        assertEquals(Set.of(1L, 3L), used.get(HUB).threads());
        assertEquals(Optional.of(DRIVER), sampler.findOwner(2));
        assertEquals(Optional.of(HUB), sampler.findOwner(1));
    }

    @Test
    public void whatWasUsedBeforeTheFirstSampleIsNotCharged() {
        threads.set(2, 7_000, OF_DRIVER);
        assertEquals(0, sampler.takeSample().get(DRIVER).nanos());
    }

    @Test
    public void theClassOfAThreadComesBeforeItsStackAndItsContextLast() {
        ClassLoader plugin = PluginLoader.load(bundles.add(5, "com.third", "drop:com.third/z.jar", Bundle.ACTIVE)).getClass().getClassLoader();
        owners.readBundles();
        BundleOwner third = new BundleOwner("com.third", true);
        threads.set(1, 0, IN_HUB);
        threads.loaders.put(1L, new ThreadSource.Loaders(plugin, null));
        threads.set(2, 0, IN_HUB);
        threads.loaders.put(2L, new ThreadSource.Loaders(null, plugin));
        threads.set(3, 0, OF_JAVA);
        threads.loaders.put(3L, new ThreadSource.Loaders(null, plugin));
        Map<BundleOwner, ThreadUsage> used = sampler.takeSample();
        assertEquals(Set.of(1L, 3L), used.get(third).threads());
        assertEquals(Set.of(2L), used.get(HUB).threads());
    }

    @Test
    public void aThreadOfJavaThatRunsTasksOfAllBelongsToNone() {
        threads.names.put(1L, "ForkJoinPool.commonPool-worker-3");
        threads.set(1, 0, OF_DRIVER);
        sampler.takeSample();
        threads.set(1, 500, OF_DRIVER);
        assertEquals("while it runs the plug-in's task", 500, millis(sampler.takeSample().get(DRIVER).nanos()));
        threads.set(1, 900, IN_HUB);
        assertNull("later it does not", sampler.takeSample().get(DRIVER));
        assertEquals(Optional.empty(), sampler.findOwner(1));
    }

    @Test
    public void stacksAreReadOnlyIfTheyMayMatter() {
        threads.set(1, 0, IN_HUB);
        threads.set(2, 0, OF_DRIVER);
        sampler.takeSample();
        threads.read.clear();
        for (int i = 1; i < ThreadSampler.SWEEP_SAMPLES; i++) {
            threads.set(1, i * 10, IN_HUB);
            threads.set(2, i * 2_000, OF_DRIVER);
            sampler.takeSample();
        }
        assertEquals("little time, and a thread that is known", List.of(), threads.read);
        sampler.takeSample();
        assertEquals("all that may be inside a plug-in", List.of(1L), threads.read);
        threads.read.clear();
        threads.set(1, 1_000, IN_HUB);
        sampler.takeSample();
        assertEquals("much time", List.of(1L), threads.read);
    }

    @Test
    public void aThreadThatWaitsInsideAPluginIsFoundAndFollowed() {
        threads.set(1, 0, IN_DRIVER);
        assertEquals(Set.of(1L), sampler.takeSample().get(DRIVER).threads());
        threads.set(1, 0, IN_HUB);
        assertNull(sampler.takeSample().get(DRIVER));
    }

    @Test
    public void thousandsOfThreadsAreLookedAtBitByBit() {
        for (long id = 1; id <= 1_000; id++) {
            threads.set(id, 0, OF_DRIVER);
        }
        int samples = 0;
        int most = 0;
        while (sampler.takeSample().get(DRIVER).threads().size() < 1_000) {
            most = Math.max(most, threads.read.size());
            threads.read.clear();
            assertTrue(samples++ < 20);
        }
        assertEquals(ThreadSampler.MAX_STACKS, most);
    }

    @Test
    public void endedThreadsAreForgotten() {
        threads.set(2, 0, OF_DRIVER);
        sampler.takeSample();
        threads.set(2, -1, OF_DRIVER);
        assertNull(sampler.takeSample().get(DRIVER));
        assertEquals(Optional.empty(), sampler.findOwner(2));
    }
}
