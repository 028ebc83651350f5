package org.catseye.access;

import java.time.Duration;

/** Why somebody was not let in. The message is for that person and tells nothing that helps to guess. */
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
        /** Something of this name is there already, or still in use. */
        CONFLICT,
        /** A value that cannot be; the message says what would be right. */
        INVALID,
        /** Nobody would be left who may change users. */
        LAST_ADMIN,
        /** Nobody can be let in just now, right password or not; the device's log says why. */
        UNAVAILABLE }
}
