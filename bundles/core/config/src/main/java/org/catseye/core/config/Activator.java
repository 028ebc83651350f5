package org.catseye.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Hashtable;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.cm.PersistenceManager;
import org.catseye.core.config.secret.ForeignSecrets;
import org.catseye.core.config.secret.MetatypeFiles;
import org.catseye.core.config.secret.SecretKeys;
import org.catseye.core.config.store.FileStore;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Registers the store under the name for which ConfigurationAdmin waits (framework property {@code felix.cm.pm}). A plain
 * activator at start level 1 and not a component, because Declarative Services itself waits for ConfigurationAdmin.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {
    /** The store's name in {@code felix.cm.pm}. */
    public static final String NAME = "catseye";
    /** Framework property: names of files that the safe mode ignores, one a line. */
    private static final String HIDDEN = "catseye.config.hidden";
    private ServiceTracker<ConfigurationAdmin, FileWatcher> admins;
    private MetatypeFiles forms;

    /** Needs the framework property {@code catseye.home}; throws if the folders below it cannot be created. */
    @Override
    public void start(BundleContext context) throws IOException {
        String home = context.getProperty("catseye.home");
        if (home == null) {
            throw new IOException("the framework property catseye.home is not set; the launcher sets it");
        }
        Path folder = Path.of(home, "config");
        Path lastGood = Path.of(home, "cache", "config");
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(folder, ownerOnly);
        Files.createDirectories(lastGood, ownerOnly);
        String hidden = context.getProperty(HIDDEN);
        forms = new MetatypeFiles(context);
        forms.open();
        FileStore store = new FileStore(folder, lastGood, hidden == null ? Set.of() : hidden.lines().collect(Collectors.toSet()),
                System::nanoTime, SecretKeys.describedBy(forms));
        admins = new ServiceTracker<>(context, ConfigurationAdmin.class, null) {
            @Override
            public FileWatcher addingService(ServiceReference<ConfigurationAdmin> reference) {
                FileWatcher watcher = new FileWatcher(store, folder, context.getService(reference));
                watcher.startWatching();
                return watcher;
            }

            @Override
            public void removedService(ServiceReference<ConfigurationAdmin> reference, FileWatcher watcher) {
                watcher.close();
                context.ungetService(reference);
            }
        };
        admins.open();
        context.registerService(ConfigurationPlugin.class, new ForeignSecrets(), null);
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(PersistenceManager.PROPERTY_NAME, NAME);
        context.registerService(PersistenceManager.class, store, properties);
    }

    /** Ends the watcher; the framework unregisters the services. */
    @Override
    public void stop(BundleContext context) {
        admins.close();
        forms.close();
    }
}
