package org.catseye.core.deploy.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.catseye.access.Caller;
import org.catseye.core.deploy.DropFolder;
import org.catseye.core.deploy.change.ChangeRecord;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.core.deploy.running.RunningBundles;
import org.catseye.core.deploy.trial.Baseline;
import org.catseye.core.deploy.trial.TrialWatch;
import org.catseye.core.deploy.version.JarResults.Result;
import org.catseye.plugins.PluginDescription.Identity;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.PluginResult;
import org.catseye.plugins.PluginResult.Outcome;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces the jar of a plug-in, and restores the previous one if the new one does not work. One change at a time; the caller sees to it. */
final class JarTrials {

    private static final Logger LOG = LoggerFactory.getLogger(JarTrials.class);
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_MILLIS = 20;

    private final BundleContext framework;
    private final DropFolder folder;
    private final TrialWatch watch;
    private final ChangeRunner runner;
    private final IntSupplier trialSeconds;

    JarTrials(BundleContext framework, DropFolder folder, TrialWatch watch, ChangeRunner runner, IntSupplier trialSeconds) {
        this.framework = framework;
        this.folder = folder;
        this.watch = watch;
        this.runner = runner;
        this.trialSeconds = trialSeconds;
    }

    /**
     * Puts a jar into the drop folder for a trial, and ends the trial.
     *
     * @param source the file with the content
     * @param replaced the installed jar; empty for a new plug-in
     * @param maker the trusted maker who has signed the content; {@link Identity#NONE} if none has
     */
    PluginResult tryJar(Caller by, Path source, JarContent content, Optional<DroppedJar> replaced, Identity maker) throws PluginException, InterruptedException {
        String name = content.symbolicName().orElseThrow();
        Path path = replaced.map(DroppedJar::path).orElse(folder.path().resolve(name + ".jar"));
        if (replaced.isEmpty() && Files.exists(path)) {
            throw new PluginException(Reason.CONFLICT, "The drop folder already has a file " + path.getFileName() + ". Remove it first.");
        }
        DroppedJar next = DroppedJar.describe(path, FileTime.from(Instant.now()), content);
        boolean wasStopped = replaced.filter(folder::isStopped).isPresent();
        boolean ran = replaced.filter(this::isRunning).isPresent();
        Baseline before = watch.recordBaseline(name);
        runner.recordTrial(by, name, next.version().toString(), next.fileName(), next.digest());
        try {
            folder.forgetResult(next.fileName());
            ChangeRecord change = folder.changes().replaceJar(next, source, replaced, wasStopped, by);
            if (wasStopped) {
                folder.storeStopped(next, false);
            }
            Optional<String> problem = watchTrial(next, change, before);
            return problem.isEmpty() ? keepNew(next, change, source, maker) : rollBack(next, change, problem.get(), () -> isRestored(next, replaced, ran));
        } catch (IOException e) {
            LOG.error("{} {} cannot be installed", name, content.parseVersion(), e);
            throw new PluginException(Reason.FAILED, "A file could not be written: " + e.getMessage() + ".", e);
        }
    }

    private Optional<String> watchTrial(DroppedJar next, ChangeRecord change, Baseline before) throws IOException, InterruptedException {
        try {
            return watch.watchTrial(next, before, trialSeconds.getAsInt());
        } catch (InterruptedException | RuntimeException e) {
            undoChange(next, change, "The trial was interrupted.");
            throw e;
        }
    }

    private PluginResult keepNew(DroppedJar next, ChangeRecord change, Path source, Identity maker) throws IOException {
        folder.changes().commit(change, source);
        folder.changes().history().recordInstallation(change.name(), next.version(), maker);
        LOG.info("{} {} works and stays", change.name(), change.version());
        return new PluginResult(Outcome.KEPT, change.name(), change.version(), "");
    }

    /** @param restored whether the drop folder has restored the previous state */
    private PluginResult rollBack(DroppedJar next, ChangeRecord change, String problem, BooleanSupplier restored) throws IOException, InterruptedException {
        if (!undoChange(next, change, problem)) {
            return new PluginResult(Outcome.OVERTAKEN, change.name(), change.version(), "The file was changed by someone else during the trial. " + problem);
        }
        if (awaitTrue(restored)) {
            return new PluginResult(Outcome.ROLLED_BACK, change.name(), change.version(), problem);
        }
        String state = change.keptFile().isEmpty() ? "The file is deleted, but the new version has not stopped. Restart Catseye."
                : "The previous file is restored, but the previous version does not run. Restart Catseye.";
        LOG.error("{} {} is rolled back: {}", change.name(), change.version(), state);
        return new PluginResult(Outcome.RESTART_NEEDED, change.name(), change.version(), problem + " " + state);
    }

    private boolean undoChange(DroppedJar next, ChangeRecord change, String reason) throws IOException {
        folder.forgetResult(next.fileName());
        if (change.wasStopped()) {
            folder.storeStopped(next, true);
        }
        boolean restored = folder.changes().restore(change, reason);
        if (restored) {
            LOG.warn("{} {} is rolled back: {}", change.name(), change.version(), reason);
        } else if (change.wasStopped()) {
            folder.storeStopped(next, false);
        }
        return restored;
    }

    private boolean isRunning(DroppedJar jar) {
        return folder.findResult(jar.fileName(), jar.digest()).filter(Result::isRunning).isPresent() && findBundle(jar).filter(RunningBundles::isRunning).isPresent();
    }

    /** @param ran whether the previous content was running */
    private boolean isRestored(DroppedJar next, Optional<DroppedJar> replaced, boolean ran) {
        return replaced.map(jar -> ran ? isRunning(jar) : folder.findResult(jar.fileName(), jar.digest()).isPresent()).orElseGet(() -> findBundle(next).isEmpty());
    }

    private Optional<Bundle> findBundle(DroppedJar jar) {
        return Optional.ofNullable(framework.getBundle(jar.location()));
    }

    /** Returns whether it became true in time. */
    static boolean awaitTrue(BooleanSupplier condition) throws InterruptedException {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > MAX_WAIT_NANOS) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }
}
