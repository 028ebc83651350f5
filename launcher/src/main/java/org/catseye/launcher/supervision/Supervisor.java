package org.catseye.launcher.supervision;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.catseye.concurrent.NamedThreads;
import org.catseye.launcher.feature.Feature;
import org.catseye.launcher.feature.FeatureReader;
import org.catseye.launcher.framework.FrameworkProperties;
import org.catseye.launcher.framework.FrameworkRun;
import org.catseye.launcher.home.ConfigurationSeeds;
import org.catseye.launcher.home.HomeFolder;
import org.catseye.launcher.log.LogSetup;
import org.catseye.launcher.options.LaunchOptions;
import org.catseye.launcher.readiness.LoginProbe;
import org.catseye.launcher.recovery.AsideFolder;
import org.catseye.launcher.recovery.RecoveryFiles;
import org.catseye.launcher.recovery.RetainedConfigurations;
import org.catseye.launcher.recovery.SafeMode;
import org.catseye.launcher.refusal.StartRefusedException;
import org.catseye.launcher.selection.FeatureSelection;
import org.catseye.launcher.selection.FeatureSwitch;
import org.catseye.launcher.selection.SelectedFeatures;
import org.catseye.launcher.service.KeepAlive;
import org.catseye.launcher.service.ServiceNotifier;

/**
 * Runs the framework, and runs it again when {@code catseye recover} requests that. It shares no class, no configuration and no
 * thread with bundles, so no action in the web console can prevent a recovery. If a bundle cannot be stopped, or the recovered
 * product does not start, the whole process ends, and the service manager or the waiting command starts it again.
 */
public final class Supervisor {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final long POLL_MILLIS = 1_000;
    private static final long RECOVERY_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** EX_TEMPFAIL of sysexits.h: a temporary failure, to be tried again. */
    private static final int EXIT_TRY_AGAIN = 75;
    private final LaunchOptions options;
    private final HomeFolder home;
    private final RecoveryFiles recovery;
    private final SelectedFeatures selected;
    private final Path install;
    private final Instant started;
    private final LogSetup log;
    private final RetainedConfigurations retained;
    private final ServiceNotifier service = new ServiceNotifier(System.getenv(), ProcessHandle.current().pid());
    private final Properties systemProperties = (Properties) System.getProperties().clone();
    /** The run that the shutdown hook has to stop. */
    private volatile FrameworkRun current;
    /** The features of this run; null before the first one. */
    private volatile FeatureSelection selection;
    /** Empty if no service manager watches this process. */
    private final Optional<KeepAlive> keepAlive;

    public Supervisor(LaunchOptions options, HomeFolder home, Path install, Instant started, LogSetup log) {
        this.options = options;
        this.home = home;
        this.recovery = new RecoveryFiles(home.path());
        this.selected = new SelectedFeatures(install, options, home);
        this.install = install;
        this.started = started;
        this.log = log;
        this.retained = new RetainedConfigurations(new FeatureReader(install.resolve("features")).readAllFeatures());
        this.keepAlive = service.watchdogMillis().map(timeout -> new KeepAlive(service, this::isAnswering, timeout, System::nanoTime));
    }

    /** Blocks until the framework has stopped. Returns the exit code. */
    public int runUntilStopped() throws StartRefusedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopCurrentRun, "catseye-stop"));
        keepAlive.ifPresent(KeepAlive::expectSilence);
        keepAlive.ifPresent(task -> NamedThreads.newDaemonThread(task, "catseye-alive").start());
        try {
            OptionalInt end;
            do {
                end = runFramework(current == null ? started : Instant.now());
            } while (end.isEmpty());
            return end.getAsInt();
        } catch (InterruptedException e) {
            LOG.log(Level.FINE, "interrupted, stopping", e);
            stopCurrentRun();
            return 0;
        }
    }

    private void stopCurrentRun() {
        keepAlive.ifPresent(KeepAlive::expectSilence);
        FrameworkRun run = current;
        if (run != null) {
            selected.confirmStart(selection);
            run.stopAndWait();
        }
    }

    private boolean isAnswering() {
        FrameworkRun run = current;
        try {
            return run != null && run.isStarted() && new LoginProbe(run.bundleContext(), options).isAnswering();
        } catch (StartRefusedException stopped) {
            return false;
        }
    }

    /** @return the exit code; empty if a recovery requests another run */
    private OptionalInt runFramework(Instant begin) throws StartRefusedException, InterruptedException {
        keepAlive.ifPresent(KeepAlive::expectSilence);
        if (recovery.isRequested()) {
            performRecovery();
        }
        FeatureSelection now = selected.selectForStart();
        selection = now;
        List<Feature> features = now.features();
        writeMissingConfigurations(features);
        // Nobody can log in and start stopped bundles without the base. After a recovery every feature starts.
        int requiredFeatures = recovery.isPasswordPending() ? features.size() : 1;
        FrameworkRun run = new FrameworkRun(features, requiredFeatures, install.resolve("repository"), createProperties(features));
        // Not before: a full disk says nothing against the features.
        selected.beginStart(now);
        current = run;
        run.startInBackground(framework -> framework.registerService(BiFunction.class, selected.createSwitch(now, run::switchBundles),
                new Hashtable<>(Map.of(FeatureSwitch.PROPERTY, FeatureSwitch.SERVICE))));
        Thread attendant = NamedThreads.newDaemonThread(new RunAttendant(run, options, recovery, begin, service, () -> selected.confirmStart(now)),
                 "catseye-watch");
        attendant.start();
        try {
            return awaitEndOrRequest(run);
        } finally {
            attendant.interrupt();
        }
    }

    /** Also resets system properties that a bundle may have changed. */
    private void performRecovery() throws StartRefusedException {
        System.setProperties((Properties) systemProperties.clone());
        AsideFolder aside = new AsideFolder(home.path(), Instant.now());
        try {
            aside.moveDropFolder();
            aside.moveFeatures();
            aside.moveConfigurations(retained, install.resolve("config"));
            aside.clearCache(install.resolve("repository"));
            recovery.acceptRequest(aside.movedItems());
        } catch (IOException e) {
            throw new StartRefusedException("home " + home.path() + " cannot be recovered: " + StartRefusedException.describeCause(e), e);
        }
        LOG.warning("catseye recover was run on this device: the product starts again with its own bundles and "
                + "default settings for logging in. Moved aside: "
                + (aside.movedItems().isEmpty() ? "nothing" : String.join(", ", aside.movedItems())));
    }

    private void writeMissingConfigurations(List<Feature> features) throws StartRefusedException {
        home.copyDefaults(install.resolve("config"));
        for (Feature feature : features) {
            new ConfigurationSeeds(home.subfolder("config")).writeMissing(feature);
        }
        log.refreshLog();
    }

    private Map<String, Object> createProperties(List<Feature> features) throws StartRefusedException {
        String version = Supervisor.class.getPackage().getImplementationVersion();
        Map<String, Object> normal = FrameworkProperties.createProperties(options, home, features, version == null ? "development"
                : version);
        return options.safeMode() ? SafeMode.prepareProperties(normal, home, retained, install.resolve("config")) : normal;
    }

    private OptionalInt awaitEndOrRequest(FrameworkRun run) throws StartRefusedException, InterruptedException {
        long recoveryDeadline = System.nanoTime() + RECOVERY_TIMEOUT_NANOS;
        while (true) {
            try {
                run.isStarted();
                OptionalInt end = run.awaitEnd(POLL_MILLIS);
                if (end.isPresent()) {
                    return end;
                }
                log.refreshLog();
                if (recovery.isRequested()) {
                    keepAlive.ifPresent(KeepAlive::expectSilence);
                    if (!run.stopAndWait()) {
                        haltProcess("a bundle cannot be stopped");
                    }
                    return OptionalInt.empty();
                }
                if (recovery.isUnderWay() && System.nanoTime() - recoveryDeadline > 0) {
                    haltProcess("no user can log in after the recovery");
                }
            } catch (OutOfMemoryError e) {
                // A bundle has used up the memory, and may release some. If it does not, the recovery command kills the process.
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }

    /** Ends the process without its shutdown hooks, which would wait for the bundle that hangs. */
    private void haltProcess(String reason) {
        LOG.severe(reason + "; the process ends, so that it can be started again");
        log.reportSuppressedMessages();
        Runtime.getRuntime().halt(EXIT_TRY_AGAIN);
    }
}
