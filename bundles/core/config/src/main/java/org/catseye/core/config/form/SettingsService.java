package org.catseye.core.config.form;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.catseye.config.BadValueException;
import org.catseye.core.config.form.FormCatalog.Described;
import org.catseye.core.config.format.ConfigurationPid;
import org.catseye.core.config.settings.SimilarName;
import org.catseye.core.config.settings.UnusedSettings;
import org.catseye.core.config.settings.UnusedSettings.Stored;
import org.catseye.secrets.SecretSettings;
import org.catseye.settings.SettingsAdministration;
import org.catseye.settings.SettingsException;
import org.catseye.settings.SettingsException.Reason;
import org.catseye.settings.SettingsField;
import org.catseye.settings.SettingsForm;
import org.catseye.settings.SettingsState;
import org.catseye.settings.SettingsState.Writer;
import org.osgi.service.metatype.AttributeDefinition;

/** Reads and saves settings through ConfigurationAdmin, whose store keeps the files. Thread-safe. */
final class SettingsService implements SettingsAdministration {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private final FormCatalog catalog;
    private final FormReader reader;
    private final ValueCheck check;
    private final StoredConfigurations configurations;
    private final UnusedSettings unused;
    private final Function<String, Optional<Writer>> lastWriter;
    /** Held while a change compares the version and saves. */
    private final Object saving = new Object();

    /** @param lastWriter what changed a configuration last, by PID */
    SettingsService(FormCatalog catalog, FormReader reader, ValueCheck check, StoredConfigurations configurations, UnusedSettings unused,
            Function<String, Optional<Writer>> lastWriter) {
        this.catalog = catalog;
        this.reader = reader;
        this.check = check;
        this.configurations = configurations;
        this.unused = unused;
        this.lastWriter = lastWriter;
    }

    @Override
    public List<SettingsForm> listForms() {
        List<Stored> all = configurations.listAll();
        return catalog.listForms().values().stream()
                .flatMap(described -> FormCatalog.readSafely(described.bundle(), described.pid(), () -> Optional.of(reader.readForm(described, all))).stream()).toList();
    }

    @Override
    public SettingsState readState(String pid) throws SettingsException {
        Optional<Stored> stored = configurations.find(pid);
        Described described = requireForm(pid, stored);
        if (stored.isEmpty() && !described.pid().equals(pid)) {
            throw notFound(pid);
        }
        return describeState(described, stored.orElseGet(() -> new Stored(ConfigurationPid.parsePid(pid), Map.of())), stored.isPresent());
    }

    private Described requireForm(String pid, Optional<Stored> stored) throws SettingsException {
        ConfigurationPid parsed = stored.map(Stored::pid).orElseGet(() -> ConfigurationPid.parsePid(pid));
        return catalog.findForm(parsed.factory().orElse(parsed.name())).orElseThrow(() -> notFound(pid));
    }

    private static SettingsException notFound(String pid) {
        return new SettingsException(Reason.NOT_FOUND, "There are no settings " + pid + ".");
    }

    private SettingsState describeState(Described described, Stored stored, boolean hasValues) {
        SettingsForm form = reader.readForm(described, configurations.listAll());
        Map<String, List<String>> values = new HashMap<>();
        Set<String> secrets = new TreeSet<>();
        for (SettingsField field : form.fields()) {
            Object value = stored.values().get(field.id());
            if (field.kind() == SettingsField.Kind.SECRET || SecretSettings.isReference(value)) {
                if (value != null && !"".equals(value)) {
                    secrets.add(field.id());
                }
            } else if (value != null) {
                values.put(field.id(), FormReader.readTexts(value));
            }
        }
        return new SettingsState(form, reader.readConfigured(described, form.fields(), stored, hasValues), stored.pid().fileName(),
                lastWriter.apply(stored.pid().name()), values, secrets, unused.findUnknownKeys(stored), StoredVersion.compute(stored.values()));
    }

    @Override
    public SettingsState saveValues(String pid, Map<String, Optional<List<String>>> changes, Optional<String> version) throws SettingsException {
        synchronized (saving) {
            Optional<Stored> stored = configurations.find(pid);
            Described described = requireForm(pid, stored);
            if (stored.isEmpty() && !(described.single() && described.pid().equals(pid))) {
                throw notFound(pid);
            }
            Stored before = stored.orElseGet(() -> new Stored(ConfigurationPid.parsePid(pid), Map.of()));
            requireVersion(before, version);
            return applyChanges(described, before, stored.isPresent(), changes);
        }
    }

    private static void requireVersion(Stored stored, Optional<String> version) throws SettingsException {
        if (version.isPresent() && !version.get().equals(StoredVersion.compute(stored.values()))) {
            throw new SettingsException(Reason.CHANGED, "These settings were changed in the meantime, in another window or in the file. Load them again.");
        }
    }

    @Override
    public SettingsState addConfiguration(String formPid, String name, Map<String, Optional<List<String>>> values) throws SettingsException {
        if (!name.matches(NAME)) {
            throw new SettingsException(Reason.INVALID, "name", "The name has to have 1 to 64 letters, digits, dots, dashes or underscores.");
        }
        synchronized (saving) {
            Described described = catalog.findForm(formPid).orElseThrow(() -> notFound(formPid));
            if (!described.several()) {
                throw new SettingsException(Reason.INVALID, "name", "There is only one configuration of this kind. Change its settings.");
            }
            ConfigurationPid pid = ConfigurationPid.parsePid(formPid + "~" + name);
            if (configurations.find(pid.name()).isPresent()) {
                throw new SettingsException(Reason.NAME_TAKEN, "name", "There is a configuration with this name.");
            }
            return applyChanges(described, new Stored(pid, Map.of()), false, values);
        }
    }

    /** @param exists whether the configuration has values */
    private SettingsState applyChanges(Described described, Stored before, boolean exists, Map<String, Optional<List<String>>> changes) throws SettingsException {
        Map<String, Object> values = new HashMap<>(before.values());
        Set<String> set = new TreeSet<>();
        for (Map.Entry<String, Optional<List<String>>> change : changes.entrySet()) {
            String key = change.getKey();
            Optional<AttributeDefinition> attribute = described.attributes().stream().filter(each -> each.getID().equals(key)).findFirst();
            boolean known = attribute.isPresent() || change.getValue().isEmpty() && before.values().containsKey(key);
            if (!known) {
                throw new SettingsException(Reason.INVALID, key, describeUnknown(key, described));
            }
            if (attribute.isPresent()) {
                // The file may have the key in other upper and lower case letters. ConfigurationAdmin takes only one of them.
                values.keySet().removeIf(other -> other.equalsIgnoreCase(key) && !other.equals(key) && !set.contains(other));
            }
            Optional<Object> value = attribute.isEmpty() ? Optional.empty() : convertChange(attribute.get(), change.getValue());
            // A secret that is removed has to be in what is checked, so that none is lost by accident.
            values.put(key, value.orElse(""));
            if (value.isPresent()) {
                set.add(key);
            }
        }
        checkChange(described.pid(), before.pid().name(), values, set, changes.keySet());
        changes.keySet().stream().filter(key -> !set.contains(key)).forEach(values::remove);
        if (!exists || !StoredVersion.compute(values).equals(StoredVersion.compute(before.values()))) {
            storeValues(before.pid(), values);
        }
        return describeState(described, configurations.find(before.pid().name()).orElse(new Stored(before.pid(), values)), true);
    }

    /** @return empty if the setting is removed */
    private static Optional<Object> convertChange(AttributeDefinition attribute, Optional<List<String>> texts) throws SettingsException {
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        if (attribute.getCardinality() == 0 && texts.get().size() != 1) {
            throw new SettingsException(Reason.INVALID, attribute.getID(), "It has to be a single value, not a list.");
        }
        return TypedValue.convertTexts(attribute, texts.get());
    }

    private static String describeUnknown(String key, Described described) {
        List<String> known = described.attributes().stream().map(AttributeDefinition::getID).toList();
        return "There is no setting of this name." + SimilarName.findSimilar(key, known).map(name -> " Did you mean " + name + "?").orElse("");
    }

    private void checkChange(String form, String pid, Map<String, Object> values, Set<String> set, Set<String> changed) throws SettingsException {
        Map<String, Object> checked = new HashMap<>(values);
        // What is removed has its default; only secrets have to be there.
        checked.keySet().removeIf(key -> changed.contains(key) && !set.contains(key) && !reader.isSecret(pid, key));
        try {
            check.checkChange(form, pid, checked, set);
        } catch (BadValueException e) {
            throw new SettingsException(Reason.INVALID, e.key(), "It has to be " + e.allowed() + ".");
        }
    }

    private void storeValues(ConfigurationPid pid, Map<String, Object> values) throws SettingsException {
        try {
            configurations.save(pid, values);
        } catch (IOException e) {
            throw new SettingsException(Reason.NOT_STORED, "The settings could not be saved: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new SettingsException(Reason.INVALID, "These settings can't be saved together: " + e.getMessage() + ".");
        }
    }

    @Override
    public void removeConfiguration(String pid, Optional<String> version) throws SettingsException {
        synchronized (saving) {
            Stored stored = configurations.find(pid).orElseThrow(() -> notFound(pid));
            Described described = requireForm(pid, Optional.of(stored));
            requireVersion(stored, version);
            Optional<String> locked = check.findLockReason(described.pid());
            if (locked.isPresent()) {
                throw new SettingsException(Reason.INVALID, "These settings have to be " + locked.get() + ".");
            }
            if (described.single() && described.pid().equals(pid)) {
                // The file keeps its comments, which explain the settings.
                storeValues(stored.pid(), Map.of());
            } else {
                deleteFile(pid);
            }
        }
    }

    private void deleteFile(String pid) throws SettingsException {
        try {
            configurations.delete(pid);
        } catch (IOException e) {
            throw new SettingsException(Reason.NOT_STORED, "The settings could not be removed: " + e.getMessage());
        }
    }

    @Override
    public void checkValues(String factoryPid, Optional<String> pid, Map<String, Object> values) throws BadValueException {
        check.checkValues(factoryPid, pid, values);
    }
}
