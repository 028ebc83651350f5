package org.catseye.settings;

/** Settings can't be read or saved. Nothing has changed. The message is meant for the user, and contains no secret. */
public final class SettingsException extends Exception {

    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final String key;

    public SettingsException(Reason reason, String message) {
        this(reason, "", message);
    }

    /** @param key the setting that the message is about; empty if it is about none */
    public SettingsException(Reason reason, String key, String message) {
        super(message);
        this.reason = reason;
        this.key = key;
    }

    public Reason reason() {
        return reason;
    }

    /** The setting that the message is about; empty if it is about none. */
    public String key() {
        return key;
    }

    /** Why the settings can't be read or saved. */
    public enum Reason { NOT_FOUND,
        /** There is a configuration of this name. */
        NAME_TAKEN,
        /** Somebody else changed the values in the meantime. */
        CHANGED,
        /** A setting does not exist, or its value is not allowed. */
        INVALID,
        /** The file could not be written; the message has the reason. */
        NOT_STORED }
}
