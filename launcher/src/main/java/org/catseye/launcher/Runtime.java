package org.catseye.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** The OSGi framework, from its start to its bounded stop. Both run on threads of their own: a bundle may never return from them. */
final class Runtime {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final long STOP_MILLIS = 8_000;
    private static final int ALL_LEVELS = 100;
    /** In the base's feature file the product's services begin above it. */
    private static final int FOUNDATION_LEVEL = 2;
    private final Home home;
    private final List<Feature> features;
    private final Path repository;
    private final Map<String, Object> properties;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Framework framework;
    private volatile boolean started;
    private volatile Refusal refusal;

    /** @param properties of the framework, beside those for its log */
    Runtime(Home home, List<Feature> features, Path repository, Map<String, Object> properties) {
        this.home = home;
        this.features = features;
        this.repository = repository;
        this.properties = properties;
        properties.put("felix.log.logger", new FrameworkLog());
    }

    /** Returns at once. */
    void begin() {
        run("catseye-start", () -> {
            try {
                start();
                started = true;
            } catch (Refusal e) {
                refusal = e;
            } catch (RuntimeException | Error e) {
                refusal = new Refusal("the framework does not start: " + Refusal.why(e), e);
            }
        });
    }

    private void start() throws Refusal {
        Path cache = Path.of((String) properties.get(Constants.FRAMEWORK_STORAGE));
        framework = initialised(properties, cache);
        framework.getBundleContext().addFrameworkListener(new FrameworkLog.Failures());
        try {
            BundleSync bundles = sync();
            bundles.apply(features);
            // Without the base nobody can get in and start what was stopped; it comes first.
            bundles.startStopped(home.recovery().isPasswordPending() ? features : features.subList(0, 1));
            framework.start();
        } catch (BundleException e) {
            throw new Refusal("the framework does not start: " + Refusal.why(e), e);
        }
    }

    private BundleSync sync() {
        Path cache = Path.of((String) properties.get(Constants.FRAMEWORK_STORAGE));
        return new BundleSync(framework.getBundleContext(), repository, JarMarks.load(cache.resolve("jars")));
    }

    /** Whether the framework has reached its start level, with every bundle started that can be. */
    boolean isStarted() throws Refusal {
        Refusal why = refusal;
        if (why != null) {
            throw why;
        }
        return started;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Whether everything runs that comes before the product's own services: Declarative Services, the web server, ConfigurationAdmin. */
    boolean isFoundationRunning() {
        return sync().isRunning(features.get(0), FOUNDATION_LEVEL);
    }

    /**
     * Brings back what the product needs.
     *
     * @param foundationOnly whether the base's other bundles are left as an administrator has left them
     */
    List<String> repair(boolean foundationOnly) throws Refusal {
        List<String> repaired = new ArrayList<>(sync().repair(features.get(0), foundationOnly ? FOUNDATION_LEVEL : ALL_LEVELS));
        FrameworkStartLevel level = framework.adapt(FrameworkStartLevel.class);
        if (level.getStartLevel() < ALL_LEVELS) {
            level.setStartLevel(ALL_LEVELS);
            repaired.add("the framework's start level is " + ALL_LEVELS + " again");
        }
        return repaired;
    }

    /** The exit code once the framework has stopped by itself; waits for that so long at most. */
    OptionalInt awaitEnd(long millis) throws InterruptedException {
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

    /** Stops everything in reverse start order. Bounded: a bundle that hangs in its stop cannot keep the process. Never throws. */
    boolean stop() {
        if (stopping.compareAndSet(false, true)) {
            run("catseye-stopping", this::stopFramework);
        }
        try {
            boolean ended = stopped.await(STOP_MILLIS, TimeUnit.MILLISECONDS);
            if (!ended) {
                LOG.warning("not everything stopped within " + STOP_MILLIS / 1000 + " s; ending all the same");
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

    private static void run(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A cache that a power cut has torn is put aside: all but what a person installed by hand comes again from the distribution. */
    private static Framework initialised(Map<String, Object> properties, Path cache) throws Refusal {
        try {
            return initialised(properties);
        } catch (BundleException | RuntimeException broken) {
            try {
                Path aside = Files.createTempDirectory(cache.getParent(), "cache.broken-").resolve("cache");
                Files.move(cache, aside);
                Files.createDirectory(cache);
                LOG.log(Level.WARNING, "the bundle cache was broken; it lies in " + aside + " now and a fresh one is made", broken);
                return initialised(properties);
            } catch (BundleException | IOException e) {
                throw new Refusal("the bundle cache " + cache + " cannot be used: " + Refusal.why(e), e);
            }
        }
    }

    private static Framework initialised(Map<String, Object> properties) throws BundleException {
        Framework framework = new FrameworkFactory().newFramework(properties);
        framework.init();
        return framework;
    }
}
