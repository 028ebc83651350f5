package org.catseye.core.config.store;

import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.catseye.core.config.format.ConfigurationPid;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;

/** The properties that ConfigurationAdmin stores beside the user's values. They follow from the file's name and are not in the file. */
final class StoredProperties {

    private StoredProperties() {
    }

    /** The properties that ConfigurationAdmin loads. The location "?" lets any bundle receive them. */
    static Optional<Dictionary<String, Object>> addIdentity(ConfigurationPid pid, Optional<Map<String, Object>> values) {
        return values.map(all -> {
            Dictionary<String, Object> dictionary = new Hashtable<>(all);
            dictionary.put(Constants.SERVICE_PID, pid.name());
            pid.factory().ifPresent(factory -> dictionary.put(ConfigurationAdmin.SERVICE_FACTORYPID, factory));
            dictionary.put(ConfigurationAdmin.SERVICE_BUNDLELOCATION, "?");
            return dictionary;
        });
    }

    /** Only the values that a user set. */
    static Map<String, Object> extractValues(Dictionary<String, Object> properties) {
        Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String key : Collections.list(properties.keys())) {
            boolean internal = key.startsWith(":org.apache.felix.configadmin.") || key.startsWith("_felix_.cm.")
                    || key.equals(Constants.SERVICE_PID) || key.equals(ConfigurationAdmin.SERVICE_FACTORYPID)
                    || key.equals(ConfigurationAdmin.SERVICE_BUNDLELOCATION);
            if (!internal) {
                values.put(key, properties.get(key));
            }
        }
        return values;
    }
}
