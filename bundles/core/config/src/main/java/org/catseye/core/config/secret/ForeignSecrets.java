package org.catseye.core.config.secret;

import java.util.Collections;
import java.util.Dictionary;
import org.catseye.secrets.SecretSettings;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationPlugin;

/**
 * Puts the secret itself in the place of its reference when ConfigurationAdmin delivers a configuration of another product, whose
 * components do not resolve references. The components of Catseye get the reference.
 */
public final class ForeignSecrets implements ConfigurationPlugin {

    private static final String OWN_PIDS = "org.catseye.";

    @Override
    public void modifyConfiguration(ServiceReference<?> receiver, Dictionary<String, Object> properties) {
        if (properties.get(Constants.SERVICE_PID) instanceof String pid && !pid.startsWith(OWN_PIDS)) {
            for (String key : Collections.list(properties.keys())) {
                if (SecretSettings.isReference(properties.get(key))) {
                    SecretSettings.findValue(pid, key, properties.get(key)).ifPresent(value -> properties.put(key, value));
                }
            }
        }
    }
}
