package org.catseye.core.config.secret;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.catseye.core.config.format.ConfigurationPid;
import org.catseye.secrets.SecretSettings;

/** Translates between the values of a file and those in ConfigurationAdmin, where a reference stands for each secret. Thread-safe. */
public final class HiddenValues {

    private final SecretKeys secretKeys;

    public HiddenValues(SecretKeys secretKeys) {
        this.secretKeys = secretKeys;
    }

    /**
     * The keys of the secrets among these values. An empty text is no secret: it means that nothing is set. Neither are dots from a file, which stay
     * as they are, so that the component that reads the setting reports them.
     */
    public Set<String> findSecrets(ConfigurationPid pid, Map<String, Object> values) {
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        values.forEach((key, value) -> {
            if (!"".equals(value) && !SecretSettings.isReference(value) && secretKeys.isSecret(pid, key)) {
                keys.add(key);
            }
        });
        return keys;
    }

    /** The values for ConfigurationAdmin. */
    public Map<String, Object> hideSecrets(ConfigurationPid pid, Map<String, Object> values) {
        Map<String, Object> hidden = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        hidden.putAll(values);
        findSecrets(pid, values).forEach(key -> hidden.put(key, SecretSettings.hideValue(pid.name(), key, values.get(key))));
        return hidden;
    }

    /** The values of a file that was just delivered to ConfigurationAdmin. Dots that the file has itself stay. */
    public Map<String, Object> revealDelivered(ConfigurationPid pid, Map<String, Object> values) throws IOException {
        Map<String, Object> fromFile = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fromFile.putAll(values);
        fromFile.values().removeIf(value -> !SecretSettings.UNKNOWN.equals(value));
        Map<String, Object> others = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        others.putAll(values);
        others.keySet().removeAll(fromFile.keySet());
        Map<String, Object> revealed = revealSecrets(pid, others);
        revealed.putAll(fromFile);
        return revealed;
    }

    /**
     * The values for the file. A form sends the reference if its user did not change the secret.
     *
     * @throws IOException for a reference that stands for no value of this setting; it must not overwrite the secret in the file
     */
    public Map<String, Object> revealSecrets(ConfigurationPid pid, Map<String, Object> values) throws IOException {
        Map<String, Object> revealed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        revealed.putAll(values);
        for (Map.Entry<String, Object> entry : revealed.entrySet()) {
            if (SecretSettings.isReference(entry.getValue())) {
                Optional<Object> found = SecretSettings.findValue(pid.name(), entry.getKey(), entry.getValue());
                entry.setValue(found.orElseThrow(() -> new IOException(pid.name() + ": " + entry.getKey()
                        + " has dots that stand for no known value of this setting; enter the value itself")));
            }
        }
        return revealed;
    }
}
