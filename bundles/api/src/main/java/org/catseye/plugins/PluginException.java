package org.catseye.plugins;

import java.util.Objects;

/** A plug-in cannot be changed. The message is a sentence for the user. */
public final class PluginException extends Exception {

    private static final long serialVersionUID = 1;

    /** What kind of problem it is. */
    public enum Reason {
        /** There is no such plug-in, plan, version or maker. */
        NOT_FOUND,
        /** The file is not a plug-in that can be installed. */
        UNUSABLE,
        /** The file has too many bytes. */
        TOO_LARGE,
        /** There are too many plans. */
        TOO_MANY,
        /** The change is not possible in the current state. */
        CONFLICT,
        /** The user has not agreed to the {@link PluginPlan#concerns} of the plan. */
        CONSENT_REQUIRED,
        /** Another change is running. */
        BUSY,
        /** A file could not be written, or a bundle did not start or stop in time. */
        FAILED
    }

    private final Reason reason;

    public PluginException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** @param cause may be null */
    public PluginException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }
}
