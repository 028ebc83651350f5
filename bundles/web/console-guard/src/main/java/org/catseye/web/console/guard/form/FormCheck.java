package org.catseye.web.console.guard.form;

import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.webconsole.spi.ConfigurationHandler;
import org.apache.felix.webconsole.spi.ValidationException;
import org.catseye.config.BadValueException;
import org.catseye.settings.SettingsAdministration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Refuses invalid values in the configuration form of the console, with the checks of the Settings page, so that nothing is saved and
 * running components are not affected. Thread-safe.
 */
@Component
public final class FormCheck implements ConfigurationHandler {

    private final SettingsAdministration settings;

    @Activate
    public FormCheck(@Reference SettingsAdministration settings) {
        this.settings = settings;
    }

    /**
     * Checks the values of a form.
     *
     * @param factoryPid the factory PID that the form of a factory instance sends; null for other forms, or if the request omits it
     * @param pid the PID; for a new configuration without a PID, a placeholder text of the console in brackets
     * @param properties the values by key
     */
    @Override
    public void updateConfiguration(String factoryPid, String pid, Dictionary<String, Object> properties) throws ValidationException {
        boolean unnamed = pid.startsWith("[") && factoryPid != null;
        Map<String, Object> values = new HashMap<>();
        Collections.list(properties.keys()).forEach(key -> values.put(key, properties.get(key)));
        try {
            settings.checkValues(factoryPid == null ? "" : factoryPid, Optional.of(pid).filter(named -> !unnamed), values);
        } catch (BadValueException e) {
            throw new ValidationException(e.getMessage());
        }
    }

    @Override
    public void createConfiguration(String pid) {
        // A new configuration has no values yet.
    }

    @Override
    public void createFactoryConfiguration(String factoryPid, String name) {
        // A new configuration has no values yet.
    }

    @Override
    public void deleteConfiguration(String factoryPid, String pid) {
        // Without values, all defaults apply.
    }
}
