package org.catseye.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs the framework, and runs it anew when {@code catseye recover} asks for that. It shares no class, no configuration and no thread with bundles, so nothing that an
 * administrator does in the web console keeps it from that. What cannot be stopped or does not come up is ended with the whole process: the service
 * manager or the waiting command starts it again.
 */
final class Supervisor {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final long LOOK_MILLIS = 1_000;
    private static final long RECOVERY_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** As sysexits.h has it: a temporary failure, to be tried again. */
    private static final int TRY_AGAIN = 75;
    private final Options options;
    private final Home home;
    private final RecoveryFiles recovery;
    private final List<Feature> features;
    private final Path install;
    private final Instant started;
    private final LogSetup log;
    private final KeptSettings kept;
    private final Properties systemProperties = (Properties) System.getProperties().clone();
    /** The one that a signal to end the process has to stop. */
    private volatile Runtime current;

    Supervisor(Options options, Home home, List<Feature> features, Path install, Instant started, LogSetup log) {
        this.options = options;
        this.home = home;
        this.recovery = home.recovery();
        this.features = features;
        this.install = install;
        this.started = started;
        this.log = log;
        this.kept = new KeptSettings(new FeatureReader(install.resolve("features")).readAll());
    }

    /** Blocks until the framework has stopped. */
    int run() throws Refusal {
        java.lang.Runtime.getRuntime().addShutdownHook(new Thread(this::stopCurrent, "catseye-stop"));
        try {
            OptionalInt end;
            do {
                end = runOnce(current == null ? started : Instant.now());
            } while (end.isEmpty());
            return end.getAsInt();
        } catch (InterruptedException e) {
            LOG.log(Level.FINE, "interrupted, stopping", e);
            stopCurrent();
            return 0;
        }
    }

    private void stopCurrent() {
        Runtime runtime = current;
        if (runtime != null) {
            runtime.stop();
        }
    }

    /** @return the exit code; empty when a recovery asks for another run */
    private OptionalInt runOnce(Instant begin) throws Refusal, InterruptedException {
        if (recovery.isRequested()) {
            putAside();
        }
        seed();
        Runtime runtime = new Runtime(home, features, install.resolve("repository"), properties());
        current = runtime;
        runtime.begin();
        Thread watch = new Thread(() -> accompany(runtime, begin), "catseye-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            return awaitEndOrRequest(runtime);
        } finally {
            watch.interrupt();
        }
    }

    /** What a bundle has done to the process goes as well, as far as that can be. */
    private void putAside() throws Refusal {
        System.setProperties((Properties) systemProperties.clone());
        Aside aside = new Aside(home.folder(), Instant.now());
        try {
            aside.moveDropFolder();
            aside.moveConfigurations(kept, install.resolve("config"));
            aside.clearCache(install.resolve("repository"));
            recovery.accept(aside.moved());
        } catch (IOException e) {
            throw new Refusal("home " + home.folder() + " cannot be recovered: " + Refusal.why(e), e);
        }
        LOG.warning("catseye recover was run on this device: the product starts anew with its own bundles and default settings of the front door. Put aside: "
                + (aside.moved().isEmpty() ? "nothing" : String.join(", ", aside.moved())));
    }

    private void seed() throws Refusal {
        home.seed(install.resolve("config"));
        for (Feature feature : features) {
            new ConfigurationSeeds(home.folder("config")).sow(feature);
        }
        log.refresh();
    }

    private Map<String, Object> properties() throws Refusal {
        String version = Supervisor.class.getPackage().getImplementationVersion();
        Map<String, Object> usual = FrameworkProperties.of(options, home, features, version == null ? "development" : version);
        return options.safeMode() ? SafeMode.prepare(usual, home, kept, install.resolve("config")) : usual;
    }

    private OptionalInt awaitEndOrRequest(Runtime runtime) throws Refusal, InterruptedException {
        long patienceEnds = System.nanoTime() + RECOVERY_NANOS;
        while (true) {
            try {
                runtime.isStarted();
                OptionalInt end = runtime.awaitEnd(LOOK_MILLIS);
                if (end.isPresent()) {
                    return end;
                }
                log.refresh();
                if (recovery.isRequested()) {
                    if (!runtime.stop()) {
                        end("a bundle cannot be stopped");
                    }
                    return OptionalInt.empty();
                }
                if (recovery.isUnderWay() && System.nanoTime() - patienceEnds > 0) {
                    end("no user can log in after the recovery");
                }
            } catch (OutOfMemoryError e) {
                // A bundle has used it up; it may give some back. If not, the command of the recovery ends the process.
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }

    /** Without the shutdown hooks: they would wait for what hangs. */
    private void end(String why) {
        LOG.severe(why + "; the process ends, to be started anew");
        log.end();
        java.lang.Runtime.getRuntime().halt(TRY_AGAIN);
    }

    /** Tells when the product is ready, finishes a recovery, and then looks after the front door. On a thread of its own: a repair may take long, or hang. */
    private void accompany(Runtime runtime, Instant begin) {
        try {
            while (!runtime.isStarted()) {
                Thread.sleep(LOOK_MILLIS / 100);
            }
            Thread readiness = new Thread(new Readiness(runtime.context(), options, begin), "catseye-readiness");
            readiness.setDaemon(true);
            readiness.start();
            FrontDoorProbe probe = new FrontDoorProbe(runtime.context(), options);
            finishRecovery(probe);
            FrontDoorWatch watch = new FrontDoorWatch(() -> probe.isLoginPossible() && runtime.isFoundationRunning(),
                    () -> runtime.repair(probe.isLoginPossible()), () -> new Missing(runtime.context()).inWords(), LOG::severe);
            while (true) {
                Thread.sleep(FrontDoorWatch.INTERVAL_MILLIS);
                watch.check();
            }
        } catch (InterruptedException | IllegalStateException stopped) {
            LOG.fine("the framework stopped");
        } catch (Refusal told) {
            LOG.fine("the framework did not start");
        } catch (IOException e) {
            LOG.log(Level.SEVERE, "the result of the recovery cannot be written", e);
        }
    }

    private void finishRecovery(FrontDoorProbe probe) throws InterruptedException, IOException {
        while (recovery.isUnderWay()) {
            if (!recovery.isPasswordPending() && probe.isLoginPossible()) {
                recovery.finish();
                return;
            }
            Thread.sleep(LOOK_MILLIS / 5);
        }
    }
}
