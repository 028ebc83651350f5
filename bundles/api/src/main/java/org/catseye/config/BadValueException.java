package org.catseye.config;

import java.io.IOException;
import java.util.Arrays;

/**
 * A configuration has a value that cannot be used. The message is one line for the user: the PID, the key, the value and what it has to be.
 * Only another value helps, so a retry is useless.
 */
public final class BadValueException extends IOException {

    private static final long serialVersionUID = 1;
    /** Enough for users to recognize what they typed. */
    private static final int MAX_SHOWN_CHARS = 80;

    /**
     * @param pid the configuration's PID
     * @param key the value's key
     * @param value the value, of any type; never a secret
     * @param right the allowed values; completes the sentence "it has to be"
     */
    public BadValueException(String pid, String key, Object value, String right) {
        super(pid + ": " + key + " is '" + formatValue(value) + "'; it has to be " + right);
    }

    private static String formatValue(Object value) {
        String text = String.valueOf(value instanceof Object[] several ? Arrays.asList(several) : value)
            .replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+", " ");
        return text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS) + "...";
    }
}
