package org.catseye.core.config;

import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;

/** What ConfigurationAdmin keeps beside a person's values. It follows from the file's name, and is not shown in the file. */
final class Bookkeeping {

    private Bookkeeping() {
    }

    /** As ConfigurationAdmin wants to load it. Any bundle may receive it, from wherever it was installed ("?"). */
    static Optional<Dictionary<String, Object>> dictionary(Pid pid, Optional<Map<String, Object>> values) {
        return values.map(all -> {
            Dictionary<String, Object> dictionary = new Hashtable<>(all);
            dictionary.put(Constants.SERVICE_PID, pid.name());
            pid.factory().ifPresent(factory -> dictionary.put(ConfigurationAdmin.SERVICE_FACTORYPID, factory));
            dictionary.put(ConfigurationAdmin.SERVICE_BUNDLELOCATION, "?");
            return dictionary;
        });
    }

    /** Only what a person set. */
    static Map<String, Object> values(Dictionary<String, Object> properties) {
        Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String key : Collections.list(properties.keys())) {
            boolean ours = key.startsWith(":org.apache.felix.configadmin.") || key.startsWith("_felix_.cm.")
                    || key.equals(Constants.SERVICE_PID) || key.equals(ConfigurationAdmin.SERVICE_FACTORYPID)
                    || key.equals(ConfigurationAdmin.SERVICE_BUNDLELOCATION);
            if (!ours) {
                values.put(key, properties.get(key));
            }
        }
        return values;
    }
}
