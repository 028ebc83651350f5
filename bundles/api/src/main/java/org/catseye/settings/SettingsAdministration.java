package org.catseye.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads and changes the settings of all installed bundles. A form is what a bundle's Metatype description says about a PID. Values are
 * texts, because a configuration file has texts. Secrets are never returned. A change is in the file and in effect when its method
 * returns; if the method throws, nothing has changed. It does not check permissions. Thread-safe; may read from and write to the disk.
 */
@ProviderType
public interface SettingsAdministration {

    /** All forms, by PID. */
    List<SettingsForm> listForms();

    /**
     * The current values of a configuration.
     *
     * @param pid the PID of a configuration. The PID of a form without a configuration returns the defaults
     * @throws SettingsException NOT_FOUND
     */
    SettingsState readState(String pid) throws SettingsException;

    /**
     * Changes some values of a configuration. Values that are not mentioned stay as they are, secrets too.
     *
     * @param pid the PID of a configuration, or of a form that has only one
     * @param changes new values by key. An empty value removes the setting, so that its default applies
     * @param version the {@link SettingsState#version()} that the user saw; empty if it does not matter
     * @throws SettingsException NOT_FOUND, CHANGED, INVALID or NOT_STORED
     */
    SettingsState saveValues(String pid, Map<String, Optional<List<String>>> changes, Optional<String> version) throws SettingsException;

    /**
     * Adds a configuration to a form that can have several.
     *
     * @param formPid the PID of the form
     * @param name becomes part of the PID and of the file's name
     * @param values values by key, as in {@link #saveValues}
     * @throws SettingsException NOT_FOUND, NAME_TAKEN, INVALID or NOT_STORED
     */
    SettingsState addConfiguration(String formPid, String name, Map<String, Optional<List<String>>> values) throws SettingsException;

    /**
     * Removes a configuration and its file. If its PID is that of its form, it loses all values instead, so that the defaults apply, and
     * its file keeps its comments.
     *
     * @param version as in {@link #saveValues}
     * @throws SettingsException NOT_FOUND, CHANGED or NOT_STORED
     */
    void removeConfiguration(String pid, Optional<String> version) throws SettingsException;

    /**
     * Checks values that another form is about to save, with the rules of {@link #saveValues}.
     *
     * @param factoryPid the PID of the factory that the other form names; empty if it names none. The form of the PID is checked as well
     * @param pid the PID; empty for a new configuration that has no PID yet
     * @param values all values by key, of any type
     * @throws BadValueException for the first value that can't be saved
     */
    void checkValues(String factoryPid, Optional<String> pid, Map<String, Object> values) throws BadValueException;
}
