package org.catseye.access;

import java.time.Duration;

/**
 * A request that access control refused. The message is meant for the caller and gives no information that helps guess
 * credentials.
 */
public class AccessException extends Exception {

    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final Duration retryAfter;

    /**
     * Creates a refusal without a waiting time.
     *
     * @param reason why the request was refused
     * @param message the message for the caller
     */
    public AccessException(Reason reason, String message) {
        this(reason, message, Duration.ZERO);
    }

    /**
     * Creates a refusal.
     *
     * @param reason why the request was refused
     * @param message the message for the caller
     * @param retryAfter how long the caller must wait before the next attempt; zero unless the reason is TOO_MANY_ATTEMPTS
     */
    public AccessException(Reason reason, String message, Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** Why the request was refused. */
    public Reason reason() {
        return reason;
    }

    /** How long the caller must wait before the next attempt; zero unless the reason is TOO_MANY_ATTEMPTS. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Why the request was refused, for programs. */
    public enum Reason { NOT_CLAIMED, ALREADY_CLAIMED, BAD_CREDENTIALS, WEAK_PASSWORD, TOO_MANY_ATTEMPTS,
        /** The password is correct, but the account also requires a second-factor code. */
        OTP_REQUIRED,
        FORBIDDEN, NOT_FOUND,
        /** An item with this name already exists, or the item is still in use. */
        CONFLICT,
        /** A value is invalid; the message lists the valid ones. */
        INVALID,
        /** The change would leave no user with ADMIN. */
        LAST_ADMIN,
        /** It was done in memory only, or not at all, because it could not be written to the disk; the message says which. */
        NOT_STORED,
        /** No user can currently log in, even with the correct password; the log has the reason. */
        UNAVAILABLE }
}
