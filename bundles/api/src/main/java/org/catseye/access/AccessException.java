package org.catseye.access;

import java.time.Duration;

/** A refusal. The message is for the caller and reveals nothing that helps to guess. */
public class AccessException extends Exception {

    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final Duration retryAfter;

    public AccessException(Reason reason, String message) {
        this(reason, message, Duration.ZERO);
    }

    public AccessException(Reason reason, String message, Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public Reason reason() {
        return reason;
    }

    /** How long to wait before the next try; zero unless TOO_MANY_ATTEMPTS. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** For machines. */
    public enum Reason { NOT_CLAIMED, ALREADY_CLAIMED, BAD_CREDENTIALS, WEAK_PASSWORD, TOO_MANY_ATTEMPTS,
        /** The password is right; this user also needs a code. */
        OTP_REQUIRED,
        FORBIDDEN, NOT_FOUND,
        /** There already is something of this name, or it is still in use. */
        CONFLICT,
        /** An invalid value; the message names valid ones. */
        INVALID,
        /** No user would be left who may change users. */
        LAST_ADMIN,
        /** It was done in memory only, or not at all, because it could not be written to the disk; the message says which. */
        NOT_STORED,
        /** No user can log in currently, even with the right password; the log has the reason. */
        UNAVAILABLE }
}
