package org.catseye.core.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.catseye.concurrent.NamedThreads;
import org.catseye.core.deploy.change.JarChanges;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.core.deploy.jar.RefusedFile;
import org.catseye.core.deploy.signature.TrustedMakers;
import org.catseye.core.deploy.version.InstalledJars;
import org.catseye.core.deploy.version.JarResults;
import org.catseye.core.deploy.version.NameQueue;
import org.catseye.core.deploy.version.SlowChanges;
import org.catseye.core.deploy.version.StartTrials;
import org.catseye.core.deploy.version.VersionSwitch;
import org.catseye.deploy.AddedBundles;
import org.catseye.deploy.BundleReview;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drop folder: the only owner of the decision which bundles run in addition to the product, and which version of each. It looks at the
 * folder twice a second. Nothing starts before the product itself is complete.
 */
@Component(service = {AddedBundles.class, DropFolder.class}, immediate = true)
public final class DropFolder implements AddedBundles {

    private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);
    private static final long POLL_MILLIS = 500;
    private static final long START_POLL_MILLIS = 50;

    private final long pollMillis;
    private final Bundle system;
    private final BundleContext framework;
    private final StartTrials trials;
    private final InstalledJars installed;
    private final SlowChanges slow = new SlowChanges();
    private final DroppedFiles files;
    private final NameQueue queue;
    private final VersionSwitch versions;
    private final JarResults results = new JarResults();
    private final JarChanges changes;
    private final TrustedMakers makers;
    private final Path folder;
    private final UserChanges userChanges;
    private final UploadedJars uploads;
    private final Thread thread;
    /** Whether the folder was compared with the bundles of the last run. Only for the thread. */
    private boolean compared;

    @Activate
    public DropFolder(BundleContext context, @Reference BundleReview review) {
        this(context, review, POLL_MILLIS);
    }

    DropFolder(BundleContext context, BundleReview review, long pollMillis) {
        this.pollMillis = pollMillis;
        system = context.getBundle(Constants.SYSTEM_BUNDLE_ID);
        framework = system.getBundleContext();
        Path cache = Path.of(context.getProperty(Constants.FRAMEWORK_STORAGE));
        folder = Path.of(context.getProperty("catseye.deploy.folder")).toAbsolutePath();
        // Beside the folder, so that the safe mode, which has a drop folder of its own, does not touch it.
        changes = new JarChanges(folder, folder.resolveSibling("plugins"));
        makers = new TrustedMakers(folder.resolveSibling("plugins").resolve("makers"));
        installed = new InstalledJars(cache.resolve("dropped-jars"));
        trials = new StartTrials(cache.resolve("start-trials"), System::nanoTime);
        versions = new VersionSwitch(framework, installed, trials, results, slow);
        queue = new NameQueue(this::changeBundles);
        files = new DroppedFiles(folder, review, queue::request, results);
        userChanges = new UserChanges(system, folder, installed);
        uploads = new UploadedJars(folder, files::findProblem, installed, results);
        thread = NamedThreads.newDaemonThread(this::watchFolder, "drop-folder");
    }

    @Activate
    void start() {
        thread.start();
    }

    /** The bundles of the drop folder keep running. */
    @Deactivate
    void stop() {
        thread.interrupt();
        queue.close();
        removeListener();
        Optional<String> caller = ExitCall.findCaller();
        caller.ifPresentOrElse(name -> LOG.error("{} has called System.exit: Catseye ends", name), trials::endRun);
    }

    @Override
    public List<Result> addBundles(List<? extends InputStream> jars, boolean start) throws IOException, InterruptedException {
        return uploads.addBundles(jars, start);
    }

    public Path path() {
        return folder;
    }

    /** The makers whose signatures count. */
    public TrustedMakers makers() {
        return makers;
    }

    /** Replaces jars of the folder. */
    public JarChanges changes() {
        return changes;
    }

    /** The jars that may be installed. */
    public List<DroppedJar> listJars() {
        return files.listJars();
    }

    /** The files that are not installed, or not yet. */
    public List<RefusedFile> listRefused() {
        return files.listRefused();
    }

    /** What became of a jar; empty if it has not been decided yet. */
    public Optional<JarResults.Result> findResult(String fileName, String digest) {
        return results.find(fileName, digest);
    }

    /** The content of a file is going to be replaced. Without this, a result of the same content in the past would count. */
    public void forgetResult(String fileName) {
        results.remove(fileName);
    }

    /** Why a whole jar with this manifest may not be installed; empty if it may. */
    public Optional<String> findProblem(JarContent content) {
        return files.findProblem(content);
    }

    public boolean isStopped(DroppedJar jar) {
        return installed.isStopped(jar.location());
    }

    /** Starts or stops a bundle soon, and remembers it over restarts. */
    public void setStopped(DroppedJar jar, boolean stopped) {
        storeStopped(jar, stopped);
        queue.request(jar.symbolicName());
    }

    /** As {@link #setStopped}, with effect from the next change of the file. */
    public void storeStopped(DroppedJar jar, boolean stopped) {
        installed.storeStopped(jar.location(), stopped);
    }

    private void removeListener() {
        try {
            framework.removeBundleListener(userChanges);
        } catch (IllegalStateException e) {
            LOG.debug("the framework has stopped, and its listeners with it", e);
        }
    }

    private void watchFolder() {
        try {
            while (system.getState() != Bundle.ACTIVE) {
                Thread.sleep(START_POLL_MILLIS);
            }
            installed.loadFile();
            trials.loadFile();
            changes.restoreUnfinished(change -> {
                if (change.wasStopped()) {
                    installed.storeStopped(DroppedJar.createLocation(change.name(), change.fileName()), true);
                }
            });
            framework.addBundleListener(userChanges);
            uploads.deleteLeftovers();
            boolean failing = false;
            while (system.getState() == Bundle.ACTIVE) {
                failing = !lookAtFolder(failing);
                Thread.sleep(pollMillis);
            }
        } catch (InterruptedException | IllegalStateException stopped) {
            LOG.debug("the drop folder is not watched any more", stopped);
        }
    }

    /** Returns whether it succeeded. Only the first of several failures in a row is logged. */
    private boolean lookAtFolder(boolean failedBefore) {
        try {
            if (compared) {
                files.readFolder(trials::forget);
            } else {
                compared = files.requestInstalledNames(framework.getBundles());
            }
            userChanges.takeChangedNames().forEach(queue::request);
            if (userChanges.takeOtherBundles()) {
                results.listWaitingNames().forEach(queue::request);
            }
            trials.endTrials();
            slow.logSlowCalls();
            return true;
        } catch (RuntimeException e) {
            if (!failedBefore && system.getState() == Bundle.ACTIVE) {
                LOG.error("A look at the drop folder has failed. The next one follows", e);
            }
            return false;
        }
    }

    private void changeBundles(String name) {
        try {
            if (versions.changeBundles(name, files.listJars(name))) {
                results.listWaitingNames().filter(other -> !other.equals(name)).forEach(queue::request);
            }
            recordVersion(name);
        } catch (RuntimeException e) {
            if (system.getState() == Bundle.ACTIVE) {
                LOG.error("The bundle {} of the drop folder cannot be changed", name, e);
            }
        }
    }

    /** A version that is being tried may be rolled back. It counts when it stays. */
    private void recordVersion(String name) {
        if (!changes.isBeingTried(name)) {
            files.listJars(name).stream().filter(jar -> results.find(jar.fileName(), jar.digest()).filter(JarResults.Result::isRunning).isPresent())
                    .forEach(jar -> changes.history().recordRun(name, jar.version()));
        }
    }
}
