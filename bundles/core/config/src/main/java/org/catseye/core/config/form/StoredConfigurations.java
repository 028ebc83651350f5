package org.catseye.core.config.form;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.core.config.format.ConfigurationPid;
import org.catseye.core.config.settings.UnusedSettings.Stored;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configurations that ConfigurationAdmin has, with a reference in the place of each secret. Thread-safe. */
final class StoredConfigurations {

    private static final String ANY_BUNDLE = "?";

    private final ConfigurationAdmin admin;

    StoredConfigurations(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** All configurations by PID. */
    List<Stored> listAll() {
        return Arrays.stream(list(null)).filter(each -> each.getProperties() != null).map(StoredConfigurations::read)
                .sorted(Comparator.comparing(stored -> stored.pid().name())).toList();
    }

    Optional<Stored> find(String pid) {
        return findConfiguration(pid).map(StoredConfigurations::read);
    }

    private Optional<Configuration> findConfiguration(String pid) {
        return Arrays.stream(list("(" + Constants.SERVICE_PID + "=" + pid.replaceAll("[\\\\*()]", "\\\\$0") + ")"))
                .filter(each -> each.getProperties() != null).findFirst();
    }

    private Configuration[] list(String filter) {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? new Configuration[0] : found;
        } catch (IOException | InvalidSyntaxException e) {
            throw new IllegalStateException("the configurations cannot be listed", e);
        }
    }

    /**
     * Saves values, of a new configuration too. If it throws, nothing has changed.
     *
     * @throws IOException with the reason if the file cannot be written
     * @throws IllegalArgumentException if ConfigurationAdmin refuses the values, for instance two keys that differ only in upper and lower case
     */
    void save(ConfigurationPid pid, Map<String, Object> values) throws IOException {
        Optional<Configuration> existing = findConfiguration(pid.name());
        Configuration configuration = existing.isPresent() ? existing.get() : create(pid);
        try {
            if (existing.isPresent()) {
                removeOtherSpellings(configuration, values.keySet());
            }
            configuration.update(new Hashtable<>(values));
        } catch (IOException | IllegalArgumentException e) {
            if (existing.isEmpty()) {
                configuration.delete();
            }
            throw e;
        }
    }

    /**
     * Removes keys that the new values have in other upper and lower case letters. Their components ignore them, and the file keeps the
     * letters of a key as long as it has the key.
     */
    private static void removeOtherSpellings(Configuration configuration, Set<String> keys) throws IOException {
        Map<String, Object> kept = new HashMap<>(read(configuration).values());
        if (kept.keySet().removeIf(key -> !keys.contains(key) && keys.stream().anyMatch(key::equalsIgnoreCase))) {
            configuration.update(new Hashtable<>(kept));
        }
    }

    private Configuration create(ConfigurationPid pid) throws IOException {
        if (pid.factory().isEmpty()) {
            return admin.getConfiguration(pid.name(), ANY_BUNDLE);
        }
        String factory = pid.factory().get();
        return admin.getFactoryConfiguration(factory, pid.name().substring(factory.length() + 1), ANY_BUNDLE);
    }

    void delete(String pid) throws IOException {
        Optional<Configuration> found = findConfiguration(pid);
        if (found.isPresent()) {
            found.get().delete();
        }
    }

    private static Stored read(Configuration configuration) {
        Dictionary<String, Object> properties = configuration.getProperties();
        Map<String, Object> values = new HashMap<>();
        Collections.list(properties.keys()).forEach(key -> values.put(key, properties.get(key)));
        values.keySet().removeIf(key -> key.equals(Constants.SERVICE_PID) || key.equals(ConfigurationAdmin.SERVICE_FACTORYPID)
                || key.equals(ConfigurationAdmin.SERVICE_BUNDLELOCATION));
        return new Stored(new ConfigurationPid(configuration.getPid(), Optional.ofNullable(configuration.getFactoryPid())), values);
    }
}
