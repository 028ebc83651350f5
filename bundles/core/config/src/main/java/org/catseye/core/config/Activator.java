package org.catseye.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.cm.PersistenceManager;
import org.catseye.core.config.form.SettingsRegistration;
import org.catseye.core.config.secret.ForeignSecrets;
import org.catseye.core.config.secret.MetatypeFiles;
import org.catseye.core.config.secret.SecretKeys;
import org.catseye.core.config.settings.SettingsCheck;
import org.catseye.core.config.settings.UnusedSettings;
import org.catseye.core.config.store.FileStore;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
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
    private ServiceTracker<ConfigurationAdmin, Running> admins;
    private MetatypeFiles forms;
    private ServiceTracker<Target, ServiceRegistration<SelfCheck>> targets;

    /** What runs while there is ConfigurationAdmin. */
    private record Running(FileWatcher watcher, SettingsRegistration settings) {
        void close() {
            settings.close();
            watcher.close();
        }
    }

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
        UnusedSettings unused = new UnusedSettings(store::listDelivered, forms);
        admins = new ServiceTracker<>(context, ConfigurationAdmin.class, null) {
            @Override
            public Running addingService(ServiceReference<ConfigurationAdmin> reference) {
                ConfigurationAdmin admin = context.getService(reference);
                FileWatcher watcher = new FileWatcher(store, folder, admin, unused::logNewProblems);
                watcher.startWatching();
                return new Running(watcher, new SettingsRegistration(context, admin, store, forms, unused));
            }

            @Override
            public void removedService(ServiceReference<ConfigurationAdmin> reference, Running running) {
                running.close();
                context.ungetService(reference);
            }
        };
        admins.open();
        targets = trackTargets(context, unused);
        targets.open();
        context.registerService(ConfigurationPlugin.class, new ForeignSecrets(), null);
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(PersistenceManager.PROPERTY_NAME, NAME);
        context.registerService(PersistenceManager.class, store, properties);
    }

    /** Ends the watcher; the framework unregisters the services. */
    @Override
    public void stop(BundleContext context) {
        targets.close();
        admins.close();
        forms.close();
    }

    /** Each target gets a self-check of its configuration files. */
    private static ServiceTracker<Target, ServiceRegistration<SelfCheck>> trackTargets(BundleContext context, UnusedSettings unused) {
        return new ServiceTracker<>(context, Target.class, null) {
            @Override
            public ServiceRegistration<SelfCheck> addingService(ServiceReference<Target> reference) {
                if (!(reference.getProperty(Target.ID) instanceof String id)) {
                    return null;
                }
                Hashtable<String, Object> properties = new Hashtable<>(Map.of(Target.ID, id, Target.LABEL, SettingsCheck.TITLE));
                return context.registerService(SelfCheck.class, new SettingsCheck(id, unused), properties);
            }

            @Override
            public void removedService(ServiceReference<Target> reference, ServiceRegistration<SelfCheck> registration) {
                registration.unregister();
            }
        };
    }
}
