package org.catseye.launcher.framework;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.felix.framework.FrameworkFactory;
import org.catseye.concurrent.NamedThreads;
import org.catseye.launcher.feature.Feature;
import org.catseye.launcher.refusal.StartRefusedException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * One run of the OSGi framework, from its start to its bounded stop. Both use threads of their own, because a bundle may never
 * return from them.
 */
public final class FrameworkRun {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final long STOP_TIMEOUT_MILLIS = 8_000;
    private static final int MAX_START_LEVEL = 100;
    /** In the base's feature file, the product's own services start above this level. */
    private static final int FOUNDATION_LEVEL = 2;
    private final List<Feature> features;
    private final int requiredFeatures;
    private final Path repository;
    private final Map<String, Object> properties;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    /** Locations of the bundles that a change of features has left without starting them. */
    private final Set<String> unstarted = ConcurrentHashMap.newKeySet();
    private volatile Framework framework;
    private volatile boolean started;
    private volatile StartRefusedException refusal;

    /**
     * @param features the base first
     * @param requiredFeatures the first so many features start even if a user has stopped their bundles
     * @param properties of the framework, except those for its log
     */
    public FrameworkRun(List<Feature> features, int requiredFeatures, Path repository, Map<String, Object> properties) {
        this.features = features;
        this.requiredFeatures = requiredFeatures;
        this.repository = repository;
        this.properties = properties;
        properties.put("felix.log.logger", new FrameworkLog());
    }

    /**
     * Returns immediately.
     *
     * @param beforeStart gets the context of the framework before the first bundle starts
     */
    public void startInBackground(Consumer<BundleContext> beforeStart) {
        NamedThreads.newDaemonThread(() -> {
            try {
                startFramework(beforeStart);
                started = true;
            } catch (StartRefusedException e) {
                refusal = e;
            } catch (RuntimeException | Error e) {
                refusal = new StartRefusedException("the framework does not start: " + StartRefusedException.describeCause(e), e);
            }
        }, "catseye-start").start();
    }

    private void startFramework(Consumer<BundleContext> beforeStart) throws StartRefusedException {
        framework = initializeFramework(properties, cacheFolder());
        framework.getBundleContext().addFrameworkListener(new FrameworkLog.FailureListener());
        try {
            BundleSynchronizer bundles = createSynchronizer();
            bundles.applyFeatures(features);
            bundles.startStoppedBundles(features.subList(0, requiredFeatures));
            beforeStart.accept(framework.getBundleContext());
            framework.start();
        } catch (BundleException e) {
            throw new StartRefusedException("the framework does not start: " + StartRefusedException.describeCause(e), e);
        }
    }

    private Path cacheFolder() {
        return Path.of((String) properties.get(Constants.FRAMEWORK_STORAGE));
    }

    private BundleSynchronizer createSynchronizer() {
        return new BundleSynchronizer(framework.getBundleContext(), repository, JarFingerprints.loadFile(cacheFolder().resolve("jars")));
    }

    /**
     * Whether the framework has reached its start level, with every bundle started that can be.
     *
     * @throws StartRefusedException if the start failed
     */
    public boolean isStarted() throws StartRefusedException {
        StartRefusedException failure = refusal;
        if (failure != null) {
            throw failure;
        }
        return started;
    }

    public BundleContext bundleContext() {
        return framework.getBundleContext();
    }

    /** Whether everything below the product's own services runs: Declarative Services, the web server, ConfigurationAdmin. */
    public boolean isFoundationRunning() {
        return createSynchronizer().areBundlesRunning(features.get(0), FOUNDATION_LEVEL);
    }

    /**
     * Restores what the product needs.
     *
     * @param foundationOnly whether the other bundles of the base stay as an administrator has left them
     * @return what was repaired, one line each
     */
    public List<String> repairBundles(boolean foundationOnly) throws StartRefusedException {
        List<String> repaired = new ArrayList<>(createSynchronizer()
                .repairBundles(features.get(0), foundationOnly ? FOUNDATION_LEVEL : MAX_START_LEVEL));
        FrameworkStartLevel level = framework.adapt(FrameworkStartLevel.class);
        if (level.getStartLevel() < MAX_START_LEVEL) {
            level.setStartLevel(MAX_START_LEVEL);
            repaired.add("the framework's start level is " + MAX_START_LEVEL + " again");
        }
        return repaired;
    }

    /**
     * Brings the bundles in line with other features while the framework runs. Blocks as long as a bundle does. Call it again only when the
     * call before has returned.
     *
     * @param abandoned asked before each step; the change ends there if it is true
     */
    public void switchBundles(List<Feature> others, BooleanSupplier abandoned) throws StartRefusedException {
        new LiveChange(framework.getBundleContext(), createSynchronizer(), unstarted, abandoned).applyFeatures(others);
    }

    /** Waits at most this long until the framework stops by itself. Returns the exit code; empty if it still runs. */
    public OptionalInt awaitEnd(long millis) throws InterruptedException {
        if (!started) {
            stopped.await(millis, TimeUnit.MILLISECONDS);
            return OptionalInt.empty();
        }
        FrameworkEvent event = framework.waitForStop(millis);
        return switch (event.getType()) {
            case FrameworkEvent.WAIT_TIMEDOUT -> OptionalInt.empty();
            case FrameworkEvent.ERROR -> {
                LOG.log(Level.SEVERE, "the framework failed", event.getThrowable());
                yield OptionalInt.of(1);
            }
            default -> OptionalInt.of(0);
        };
    }

    /**
     * Stops everything in reverse start order. Bounded: a bundle that hangs cannot keep the process alive. Never throws. Returns
     * whether all stopped.
     */
    public boolean stopAndWait() {
        if (stopping.compareAndSet(false, true)) {
            NamedThreads.newDaemonThread(this::stopFramework, "catseye-stopping").start();
        }
        try {
            boolean ended = stopped.await(STOP_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            if (!ended) {
                LOG.warning("not everything stopped within " + STOP_TIMEOUT_MILLIS / 1000 + " s; ending all the same");
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void stopFramework() {
        try {
            Framework stoppable = framework;
            if (stoppable != null) {
                stoppable.stop();
                stoppable.waitForStop(0);
            }
            stopped.countDown();
        } catch (BundleException e) {
            LOG.log(Level.WARNING, "the framework did not stop cleanly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Moves a cache that a power cut has damaged, and starts with an empty one. Only bundles that a user installed by hand are
     * missing then.
     */
    private static Framework initializeFramework(Map<String, Object> properties, Path cache) throws StartRefusedException {
        try {
            return initializeFramework(properties);
        } catch (BundleException | RuntimeException broken) {
            try {
                Path aside = Files.createTempDirectory(cache.getParent(), "cache.broken-").resolve("cache");
                Files.move(cache, aside);
                Files.createDirectory(cache);
                LOG.log(Level.WARNING, "the bundle cache was broken; it was moved to " + aside + ", and a new one is made", broken);
                return initializeFramework(properties);
            } catch (BundleException | IOException e) {
                throw new StartRefusedException("the bundle cache " + cache + " cannot be used: "
                        + StartRefusedException.describeCause(e), e);
            }
        }
    }

    private static Framework initializeFramework(Map<String, Object> properties) throws BundleException {
        Framework framework = new FrameworkFactory().newFramework(properties);
        framework.init();
        return framework;
    }
}
