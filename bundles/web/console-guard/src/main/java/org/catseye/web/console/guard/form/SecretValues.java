package org.catseye.web.console.guard.form;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.catseye.config.BadValueException;
import org.catseye.secrets.SecretSettings;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The secrets of a form. Their dots must not be saved in the place of a secret, and a secret must not get lost because a request leaves it out, which
 * is also what the console makes of a key with other upper and lower case letters. Thread-safe.
 */
final class SecretValues {

    private final CurrentValues configurations;

    /** The values that ConfigurationAdmin has. */
    @FunctionalInterface
    interface CurrentValues {
        /** @return empty if there is no such configuration */
        Optional<Dictionary<String, Object>> findValues(String pid);
    }

    SecretValues(CurrentValues configurations) {
        this.configurations = configurations;
    }

    static CurrentValues of(ConfigurationAdmin admin) {
        return pid -> {
            try {
                Configuration[] found = admin.listConfigurations("(service.pid=" + pid.replaceAll("[\\\\*()]", "\\\\$0") + ")");
                return found == null ? Optional.empty() : Optional.ofNullable(found[0].getProperties());
            } catch (IOException | InvalidSyntaxException e) {
                throw new IllegalStateException("the configurations cannot be listed", e);
            }
        };
    }

    /** @throws BadValueException for the first secret that would be lost */
    void check(String pid, Map<String, Object> values) throws BadValueException {
        Map<String, Object> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(values);
        for (Map.Entry<String, Object> entry : given.entrySet()) {
            if (SecretSettings.isReference(entry.getValue()) && SecretSettings.findValue(pid, entry.getKey(), entry.getValue()).isEmpty()) {
                throw new BadValueException(pid, entry.getKey(), SecretSettings.UNKNOWN,
                        "the value itself, because these dots stand for no known value of this setting");
            }
        }
        Optional<Dictionary<String, Object>> current = configurations.findValues(pid);
        for (String key : current.map(all -> new TreeSet<>(Collections.list(all.keys()))).orElseGet(TreeSet::new)) {
            if (!given.containsKey(key) && SecretSettings.isReference(current.get().get(key))) {
                throw new BadValueException(pid, key, SecretSettings.UNKNOWN, "in the form, under exactly this name. Leave it empty to remove it");
            }
        }
    }
}
