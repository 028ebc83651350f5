package org.catseye.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;

/** The OSGi framework, from its start to its bounded stop. */
final class Runtime {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final long STOP_MILLIS = 8_000;
    private static final long LOG_LEVELS_CHECK_MILLIS = 5_000;
    private final Framework framework;
    private final AtomicBoolean stopping = new AtomicBoolean();

    private Runtime(Framework framework) {
        this.framework = framework;
    }

    /** Returns once the framework has reached its start level, with every bundle started that can be. */
    static Runtime start(Options options, Home home, List<Feature> features, Path repository) throws Refusal {
        Map<String, Object> properties = FrameworkProperties.of(options, home, features, version());
        properties.put("felix.log.logger", new FrameworkLog());
        Path cache = home.folder("cache");
        Runtime runtime = new Runtime(initialised(properties, cache));
        java.lang.Runtime.getRuntime().addShutdownHook(new Thread(runtime::stop, "catseye-stop"));
        BundleContext context = runtime.context();
        context.addFrameworkListener(new FrameworkLog.Failures());
        try {
            BundleSync bundles = new BundleSync(context, repository, JarMarks.load(cache.resolve("jars")));
            bundles.apply(features);
            // Without the base nobody can get in and start what was stopped; it comes first.
            bundles.startStopped(home.recoveryIsAsked() ? features : features.subList(0, 1));
            runtime.framework.start();
        } catch (BundleException e) {
            throw new Refusal("the framework does not start: " + Refusal.why(e), e);
        }
        return runtime;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Blocks until the framework has stopped; meanwhile looks after the log. */
    int await(LogSetup log) throws InterruptedException {
        try {
            return stopped(log);
        } finally {
            log.end();
        }
    }

    private int stopped(LogSetup log) throws InterruptedException {
        while (true) {
            FrameworkEvent event = framework.waitForStop(LOG_LEVELS_CHECK_MILLIS);
            switch (event.getType()) {
                case FrameworkEvent.WAIT_TIMEDOUT -> log.refresh();
                case FrameworkEvent.ERROR -> {
                    LOG.log(Level.SEVERE, "the framework failed", event.getThrowable());
                    return 1;
                }
                default -> {
                    return 0;
                }
            }
        }
    }

    /** Stops everything in reverse start order. Bounded: a bundle that hangs in its stop cannot keep the process. Never throws. */
    void stop() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        try {
            framework.stop();
            if (framework.waitForStop(STOP_MILLIS).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
                LOG.warning("not everything stopped within " + STOP_MILLIS / 1000 + " s; ending all the same");
            }
        } catch (BundleException e) {
            LOG.log(Level.WARNING, "the framework did not stop cleanly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    private static String version() {
        String version = Runtime.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
