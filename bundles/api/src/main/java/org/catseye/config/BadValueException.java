package org.catseye.config;

import java.io.IOException;
import java.util.Arrays;

/**
 * A configuration contains a value that can't be used. The message is one line for the user with the PID, the key, the value and
 * the allowed values. Retrying has no effect until the value is changed.
 */
public final class BadValueException extends IOException {

    private static final long serialVersionUID = 1;
    /** Maximum number of characters of the value in the message; enough for users to recognize what they typed. */
    private static final int MAX_SHOWN_CHARS = 80;

    private final String key;
    private final String allowed;

    /**
     * Creates the exception and its message.
     *
     * @param pid the PID of the configuration
     * @param key the key of the value
     * @param value the value, of any type; never a secret
     * @param right the allowed values, worded to complete the sentence "it has to be ..."
     */
    public BadValueException(String pid, String key, Object value, String right) {
        super(pid + ": " + key + " is '" + formatValue(value) + "'; it has to be " + right);
        this.key = key;
        this.allowed = right;
    }

    /** The key of the value. */
    public String key() {
        return key;
    }

    /** The allowed values, worded to complete the sentence "it has to be ...". */
    public String allowed() {
        return allowed;
    }

    private static String formatValue(Object value) {
        String text = String.valueOf(value instanceof Object[] several ? Arrays.asList(several) : value)
            .replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+", " ");
        return text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS) + "...";
    }
}
