package org.catseye.core.config.form;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.catseye.config.BadValueException;
import org.catseye.secrets.SecretSettings;

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
        Optional<Map<String, Object>> findValues(String pid);
    }

    SecretValues(CurrentValues configurations) {
        this.configurations = configurations;
    }

    /** @throws BadValueException for the first secret that would be lost */
    void checkSecrets(String pid, Map<String, Object> values) throws BadValueException {
        Map<String, Object> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(values);
        for (Map.Entry<String, Object> entry : given.entrySet()) {
            if (SecretSettings.isReference(entry.getValue()) && SecretSettings.findValue(pid, entry.getKey(), entry.getValue()).isEmpty()) {
                throw new BadValueException(pid, entry.getKey(), SecretSettings.UNKNOWN,
                        "the value itself, because these dots stand for no known value of this setting");
            }
        }
        Map<String, Object> current = configurations.findValues(pid).orElseGet(Map::of);
        for (String key : new TreeSet<>(current.keySet())) {
            if (!given.containsKey(key) && SecretSettings.isReference(current.get(key))) {
                throw new BadValueException(pid, key, SecretSettings.UNKNOWN, "in the form, under exactly this name. Leave it empty to remove it");
            }
        }
    }
}
