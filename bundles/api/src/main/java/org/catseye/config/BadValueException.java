package org.catseye.config;

import java.io.IOException;
import java.util.Arrays;

/**
 * A configuration holds a value that cannot be used. The message is for people, on one line: which configuration, which key, what it is and
 * what it has to be. It cannot pass by itself, only by another value; so there is no use in trying again.
 */
public final class BadValueException extends IOException {

    private static final long serialVersionUID = 1;
    /** Enough to recognize what one typed. */
    private static final int LONGEST = 80;

    /**
     * @param pid of the configuration
     * @param key of the value
     * @param value what it is, in any form; never that of a secret
     * @param right what it has to be, for words behind "it has to be"
     */
    public BadValueException(String pid, String key, Object value, String right) {
        super(pid + ": " + key + " is '" + shown(value) + "'; it has to be " + right);
    }

    private static String shown(Object value) {
        String text = String.valueOf(value instanceof Object[] several ? Arrays.asList(several) : value).replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+", " ");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
