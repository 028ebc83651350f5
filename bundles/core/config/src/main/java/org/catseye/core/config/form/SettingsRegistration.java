package org.catseye.core.config.form;

import java.util.Map;
import java.util.Optional;
import org.catseye.config.ConfigurationCheck;
import org.catseye.core.config.secret.MetatypeFiles;
import org.catseye.core.config.secret.SecretKeys;
import org.catseye.core.config.settings.UnusedSettings;
import org.catseye.core.config.store.FileStore;
import org.catseye.settings.SettingsAdministration;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.util.tracker.ServiceTracker;

/** The service for settings, and what it needs of other bundles. It works with what is there: the Metatype service starts later. */
// No component declares the service; this tells the resolver that the bundle provides it.
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>='org.catseye.settings.SettingsAdministration'", effective = "active",
        uses = SettingsAdministration.class)
public final class SettingsRegistration implements AutoCloseable {

    private final ServiceTracker<MetaTypeService, MetaTypeService> metatype;
    private final ServiceTracker<ConfigurationCheck, ConfigurationCheck> checks;
    private final ServiceRegistration<SettingsAdministration> registration;

    public SettingsRegistration(BundleContext context, ConfigurationAdmin admin, FileStore store, MetatypeFiles files, UnusedSettings unused) {
        metatype = new ServiceTracker<>(context, MetaTypeService.class, null);
        metatype.open();
        checks = new ServiceTracker<>(context, ConfigurationCheck.class, null);
        checks.open();
        StoredConfigurations configurations = new StoredConfigurations(admin);
        FormCatalog catalog = new FormCatalog(() -> Optional.ofNullable(metatype.getService()), context::getBundles);
        ValueCheck check = new ValueCheck(new FormTypes(catalog), new SecretValues(pid -> configurations.find(pid).map(UnusedSettings.Stored::values)), this::findCheck);
        FormReader reader = new FormReader(check, SecretKeys.describedBy(files)::isSecret, files::findLimits);
        registration = context.registerService(SettingsAdministration.class,
                new SettingsService(catalog, reader, check, configurations, unused, store::findLastWriter), null);
    }

    private Optional<ConfigurationCheck> findCheck(String form) {
        return checks.getTracked().entrySet().stream().filter(entry -> form.equals(entry.getKey().getProperty(ConfigurationCheck.PID)))
                .map(Map.Entry::getValue).findFirst();
    }

    @Override
    public void close() {
        registration.unregister();
        checks.close();
        metatype.close();
    }
}
