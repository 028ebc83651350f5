package org.catseye.core.config.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.felix.cm.PersistenceManager;
import org.catseye.core.config.format.ConfigurationPid;
import org.catseye.core.config.secret.HiddenValues;
import org.catseye.core.config.secret.SecretKeys;
import org.catseye.core.config.settings.UnusedSettings;
import org.catseye.settings.SettingsState.Writer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ConfigurationAdmin's persistence manager over a folder of configuration files. ConfigurationAdmin calls it on any thread; it calls
 * nothing else under its lock. A failed write is thrown to the code that updates the configuration, and then nothing has changed.
 */
public final class FileStore implements PersistenceManager {
    private static final Logger LOG = LoggerFactory.getLogger("org.catseye.core.config");
    /** ConfigurationAdmin's mark of a configuration that was requested but has no values yet. */
    private static final String NEW_CONFIGURATION = "_felix_.cm.newConfiguration";
    private final Object lock = new Object();
    private final Path folder;
    private final Path lastGood;
    /** Names of files that the safe mode ignores: they are neither read nor written. */
    private final Set<String> hidden;
    private final LongSupplier nanoTime;
    private final HiddenValues secrets;
    /** Guarded by lock: every configuration that has or had a file. */
    private final Map<String, ConfigFile> files = new LinkedHashMap<>();
    /** Guarded by lock: configurations without values, which have no file. */
    private final Map<String, Dictionary<String, Object>> empty = new LinkedHashMap<>();
    /** Guarded by lock: the keys of the secrets that ConfigurationAdmin has references to, by PID. */
    private final Map<String, Set<String>> hiddenKeys = new HashMap<>();
    /** Guarded by lock: the messages about wrong file names that were logged. */
    private final Set<String> loggedMessages = new HashSet<>();
    /** The PID whose file the current thread is delivering to ConfigurationAdmin: its calls of store and delete leave the file alone. */
    private final ThreadLocal<String> delivering = new ThreadLocal<>();

    /**
     * @param folder the configuration files
     * @param lastGood the folder for the last good text of each file, for a start with a broken one
     * @param hidden names of files that are ignored and not written
     * @param nanoTime the clock, as {@link System#nanoTime()}
     * @param secretKeys the settings of which ConfigurationAdmin gets references only
     */
    public FileStore(Path folder, Path lastGood, Set<String> hidden, LongSupplier nanoTime, SecretKeys secretKeys) {
        this.folder = folder;
        this.lastGood = lastGood;
        this.hidden = Set.copyOf(hidden);
        this.nanoTime = nanoTime;
        this.secrets = new HiddenValues(secretKeys);
    }

    @Override
    public boolean exists(String pid) {
        synchronized (lock) {
            return empty.containsKey(pid) || !isHidden(ConfigurationPid.parsePid(pid))
                    && findFile(ConfigurationPid.parsePid(pid)).loadValues().isPresent();
        }
    }

    @Override
    public Dictionary<String, Object> load(String pid) throws IOException {
        synchronized (lock) {
            if (empty.containsKey(pid)) {
                return empty.get(pid);
            }
            if (isHidden(ConfigurationPid.parsePid(pid))) {
                throw new IOException("no configuration " + pid);
            }
            ConfigFile file = findFile(ConfigurationPid.parsePid(pid));
            return StoredProperties.addIdentity(file.pid(), file.loadValues().map(values -> hideSecrets(file, values)))
                    .orElseThrow(() -> new IOException("no configuration " + pid));
        }
    }

    @Override
    public Enumeration<Dictionary<String, Object>> getDictionaries() throws IOException {
        Map<String, Dictionary<String, Object>> all = new LinkedHashMap<>();
        synchronized (lock) {
            all.putAll(empty);
            for (ConfigurationPid pid : listOnDisk()) {
                ConfigFile file = findFile(pid);
                StoredProperties.addIdentity(file.pid(), file.loadValues().map(values -> hideSecrets(file, values))).ifPresent(values -> all.put(file.pid().name(), values));
            }
        }
        return Collections.enumeration(all.values());
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the interface is older than generics; ConfigurationAdmin's keys are Strings
    public void store(String pid, Dictionary properties) throws IOException {
        synchronized (lock) {
            if (properties.get(NEW_CONFIGURATION) != null) {
                empty.put(pid, properties);
                return;
            }
            ConfigurationPid stored = new ConfigurationPid(pid, Optional.ofNullable((String) properties.get("service.factoryPid")));
            if (isHidden(stored)) {
                throw new IOException("the safe mode ignores " + stored.fileName()
                        + " and does not overwrite it; edit the file, or start normally");
            }
            empty.remove(pid);
            Map<String, Object> given = StoredProperties.extractValues(properties);
            ConfigFile file = findFile(stored);
            Map<String, Object> values;
            if (pid.equals(delivering.get())) {
                values = secrets.revealDelivered(stored, given);
                file.recordDelivered(values);
            } else {
                values = secrets.revealSecrets(stored, given);
                file.storeValues(values);
            }
            // ConfigurationAdmin keeps this dictionary, and gives it to components after this call.
            hideSecrets(file, values).forEach(properties::put);
        }
    }

    @Override
    public void delete(String pid) throws IOException {
        synchronized (lock) {
            empty.remove(pid);
            if (isHidden(ConfigurationPid.parsePid(pid))) {
                return;
            }
            ConfigFile file = findFile(ConfigurationPid.parsePid(pid));
            // While a removal is delivered the file may exist again: then it is a user's, and is delivered next.
            file.deleteFile(!pid.equals(delivering.get()));
            files.values().remove(file);
            hiddenKeys.remove(pid);
        }
    }

    /** Delivers a file's change to ConfigurationAdmin by this action, during which store() and delete() leave that file alone. */
    public void deliverChange(String pid, Delivery action) throws IOException {
        delivering.set(pid);
        try {
            action.updateConfiguration();
        } finally {
            delivering.remove();
        }
    }

    /** Updates or deletes the configuration in ConfigurationAdmin. */
    public interface Delivery {
        void updateConfiguration() throws IOException;
    }

    /** The changes of files that ConfigurationAdmin does not have yet. */
    public List<FileChange> findChanges() throws IOException {
        List<FileChange> changes = new ArrayList<>();
        synchronized (lock) {
            listOnDisk().forEach(this::findFile);
            for (ConfigFile file : files.values()) {
                file.findChange(nanoTime.getAsLong()).map(change -> hideSecrets(file, change))
                        .or(() -> findNewSecrets(file)).ifPresent(changes::add);
            }
        }
        return changes;
    }

    /** The configurations as ConfigurationAdmin has them, with their files. The secrets are in clear text. */
    public List<UnusedSettings.Stored> listDelivered() {
        synchronized (lock) {
            return files.values().stream().flatMap(file -> file.deliveredValues().map(values -> new UnusedSettings.Stored(file.pid(), Map.copyOf(values))).stream())
                    .sorted(Comparator.comparing(stored -> stored.pid().fileName())).toList();
        }
    }

    /** What changed a configuration last; empty if nothing did since the start. */
    public Optional<Writer> findLastWriter(String pid) {
        synchronized (lock) {
            return files.values().stream().filter(file -> file.pid().name().equals(pid)).findFirst().flatMap(ConfigFile::lastWriter);
        }
    }

    private FileChange hideSecrets(ConfigFile file, FileChange change) {
        return new FileChange(change.pid(), change.values().map(values -> hideSecrets(file, values)), change.keys());
    }

    /** The values for ConfigurationAdmin. Other users of the machine lose their access to a file that has a secret. */
    private Map<String, Object> hideSecrets(ConfigFile file, Map<String, Object> values) {
        Set<String> keys = secrets.findSecrets(file.pid(), values);
        hiddenKeys.put(file.pid().name(), keys);
        if (!keys.isEmpty()) {
            file.restrictAccess();
        }
        return secrets.hideSecrets(file.pid(), values);
    }

    /** A bundle that was installed later can describe a setting as a password, which ConfigurationAdmin has had in clear text. */
    private Optional<FileChange> findNewSecrets(ConfigFile file) {
        return file.deliveredValues().filter(values -> hiddenKeys.containsKey(file.pid().name())).flatMap(values -> {
            Set<String> keys = secrets.findSecrets(file.pid(), values);
            keys.removeAll(hiddenKeys.get(file.pid().name()));
            return keys.isEmpty() ? Optional.empty()
                    : Optional.of(new FileChange(file.pid(), Optional.of(secrets.hideSecrets(file.pid(), values)), keys));
        });
    }

    /** Whether there may be a change soon without a further change of the folder. */
    public boolean awaitsRemovals() {
        synchronized (lock) {
            return files.values().stream().anyMatch(ConfigFile::awaitsRemoval);
        }
    }

    private boolean isHidden(ConfigurationPid pid) {
        return hidden.contains(pid.fileName());
    }

    /** The one object for a file. An instance that was created without a name has its file's PID only from the next start on. */
    private ConfigFile findFile(ConfigurationPid pid) {
        for (ConfigFile file : files.values()) {
            if (file.pid().name().equals(pid.name())) {
                return file;
            }
        }
        return files.computeIfAbsent(pid.fileName(), name -> new ConfigFile(pid, folder.resolve(name), lastGood.resolve(name)));
    }

    /** Once for each name, because the folder is read every few seconds. */
    private void logWrongName(String name) {
        ConfigurationPid.explainWrongName(name).filter(loggedMessages::add).ifPresent(LOG::warn);
    }

    private List<ConfigurationPid> listOnDisk() throws IOException {
        try (var names = Files.list(folder)) {
            return names.map(path -> path.getFileName().toString()).peek(this::logWrongName)
                    .map(ConfigurationPid::findByFileName).flatMap(Optional::stream)
                    .filter(pid -> !isHidden(pid)).sorted(Comparator.comparing(ConfigurationPid::name)).toList();
        }
    }
}
