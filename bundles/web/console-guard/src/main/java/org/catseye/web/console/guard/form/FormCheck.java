package org.catseye.web.console.guard.form;

import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.felix.webconsole.spi.ConfigurationHandler;
import org.apache.felix.webconsole.spi.ValidationException;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses invalid values in the configuration form of the console, so that nothing is saved and running components are not
 * affected. If the component that reads the configuration registers a {@link ConfigurationCheck}, that check applies; otherwise
 * the types, limits and options of the form do. Thread-safe.
 */
@Component
public final class FormCheck implements ConfigurationHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FormCheck.class);

    private final FormTypes types;
    private final SecretValues secrets;
    private final Map<ServiceReference<ConfigurationCheck>, ConfigurationCheck> checks = new ConcurrentHashMap<>();

    @Activate
    public FormCheck(BundleContext context, @Reference MetaTypeService metatype, @Reference ConfigurationAdmin configurations) {
        this(new FormTypes(metatype, context::getBundles), new SecretValues(SecretValues.of(configurations)));
    }

    FormCheck(FormTypes types, SecretValues secrets) {
        this.types = types;
        this.secrets = secrets;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addCheck(ServiceReference<ConfigurationCheck> reference, ConfigurationCheck check) {
        checks.put(reference, check);
    }

    void removeCheck(ServiceReference<ConfigurationCheck> reference) {
        checks.remove(reference);
    }

    /**
     * Checks the values of a form.
     *
     * @param factoryPid the factory PID that the form of a factory instance sends; null for other forms, or if the request omits
     *     it. A request can contain any value, so the form of the PID is checked as well. A suffix with the bundle name
     *     ({@code pid|bundle}) refers to the same component
     * @param pid the PID; for a new configuration without a PID, a placeholder text of the console in brackets
     * @param properties the values by key
     */
    @Override
    public void updateConfiguration(String factoryPid, String pid, Dictionary<String, Object> properties) throws ValidationException {
        boolean unnamed = pid.startsWith("[") && factoryPid != null;
        Set<String> forms = new LinkedHashSet<>();
        Stream.of(unnamed ? factoryPid : pid, factoryPid == null ? "" : factoryPid).map(name -> name.split("[~|]", 2)[0]).filter(form -> !form.isEmpty()).forEach(forms::add);
        Map<String, Object> values = new HashMap<>();
        Collections.list(properties.keys()).forEach(key -> values.put(key, properties.get(key)));
        values.put(Constants.SERVICE_PID, unnamed ? factoryPid : pid);
        try {
            // A new configuration has no secrets yet, even if there is one with the PID of its factory.
            secrets.check(unnamed ? factoryPid + "~" : pid, Map.copyOf(values));
            for (String form : forms) {
                ReservedKeys.check(form, values.keySet());
                look(form, Map.copyOf(values));
            }
        } catch (BadValueException e) {
            throw new ValidationException(e.getMessage());
        }
    }

    private void look(String form, Map<String, Object> values) throws BadValueException {
        Optional<ConfigurationCheck> own = check(form);
        try {
            if (own.isPresent()) {
                own.get().checkValues(values);
                return;
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The check of the configuration {} failed; its form's types, limits and options count", form, e);
        }
        types.check(form, values);
    }

    private Optional<ConfigurationCheck> check(String form) {
        return checks.entrySet().stream().filter(entry -> form.equals(entry.getKey().getProperty(ConfigurationCheck.PID))).map(Map.Entry::getValue).findFirst();
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
