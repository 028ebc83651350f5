package org.catseye.core.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.version.InstalledJars;
import org.catseye.core.deploy.version.NameQueue;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what users do with the bundles of the drop folder in the web console: a stopped one stays stopped after a restart, and the file of
 * an uninstalled one leaves the folder. The framework calls it on the thread of the change, which tells a user's change from others.
 */
final class UserChanges implements SynchronousBundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(UserChanges.class);
    /** The names of the framework's own threads begin with it. They stop bundles to refresh them, or at the end. */
    private static final String FRAMEWORK_THREADS = "Felix";
    private static final String UNINSTALLED = ".uninstalled";

    private final Bundle framework;
    private final Path folder;
    private final InstalledJars installed;
    private final Set<String> changedNames = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean otherBundles = new AtomicBoolean();

    UserChanges(Bundle framework, Path folder, InstalledJars installed) {
        this.framework = framework;
        this.folder = folder;
        this.installed = installed;
    }

    /** The symbolic names of the bundles of the drop folder that have changed since the last call. */
    Set<String> takeChangedNames() {
        Set<String> names = Set.copyOf(changedNames);
        changedNames.removeAll(names);
        return names;
    }

    /** Whether another bundle was installed, resolved or started since the last call. */
    boolean takeOtherBundles() {
        return otherBundles.getAndSet(false);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (NameQueue.isOwnThread() || framework.getState() != Bundle.ACTIVE) {
            return;
        }
        if (bundle.getLocation().startsWith(DroppedJar.LOCATION_PREFIX)) {
            followChange(event.getType(), bundle);
        } else if ((event.getType() & (BundleEvent.RESOLVED | BundleEvent.INSTALLED | BundleEvent.STARTED)) != 0) {
            otherBundles.set(true);
        }
    }

    private void followChange(int type, Bundle bundle) {
        boolean user = !Thread.currentThread().getName().startsWith(FRAMEWORK_THREADS);
        switch (type) {
            case BundleEvent.STARTED, BundleEvent.STOPPED -> {
                if (user) {
                    installed.storeStopped(bundle.getLocation(), type == BundleEvent.STOPPED);
                }
                changedNames.add(bundle.getSymbolicName());
            }
            case BundleEvent.UNINSTALLED -> {
                installed.remove(bundle.getLocation());
                renameFile(DroppedJar.parseFileName(bundle.getLocation()));
            }
            default -> { }
        }
    }

    /** Keeps the file, which may be the only copy. */
    private void renameFile(String file) {
        Path renamed = folder.resolve(file + UNINSTALLED);
        try {
            Files.move(folder.resolve(file), renamed, StandardCopyOption.REPLACE_EXISTING);
            LOG.info("{} was uninstalled by a user; its file in the drop folder is now {}", file, renamed.getFileName());
        } catch (IOException e) {
            LOG.error("{} was uninstalled, but its file in the drop folder cannot be renamed. It will be installed again at the next start", file, e);
        }
    }
}
