package org.catseye.power;

import java.io.IOException;
import java.time.Duration;

/** An action was not performed, or not completely. The message is one sentence for the user. */
public final class PowerException extends IOException {

    private static final long serialVersionUID = 1;

    /** Why an action was not performed. */
    public enum Reason {
        /** No power control of the target supports the action. */
        UNSUPPORTED,
        /** Another action is being performed. */
        BUSY,
        /** Too many actions were requested in a short time. */
        TOO_OFTEN,
        /** The device failed or did not answer. The computer may or may not have changed its state. */
        FAILED
    }

    private final Reason reason;
    private final transient Duration retryAfter;

    public PowerException(Reason reason, String message) {
        this(reason, message, null, Duration.ZERO);
    }

    /**
     * @param cause for the log; may be null
     * @param retryAfter when the same request can succeed; zero if that is unknown
     */
    public PowerException(Reason reason, String message, Throwable cause, Duration retryAfter) {
        super(message, cause);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public Reason reason() {
        return reason;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
