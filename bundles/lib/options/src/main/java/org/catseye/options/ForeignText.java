package org.catseye.options;

import java.util.regex.Pattern;

/** Text that a device or a program has sent, as a part of a message for the user. */
public final class ForeignText {

    /** Blanks, control characters, and changes of the writing direction. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\s]+");

    private ForeignText() {
    }

    /** One line with single blanks, cut after this many characters. */
    public static String shorten(String text, int maxChars) {
        String line = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        return line.length() <= maxChars ? line : line.substring(0, maxChars) + "...";
    }
}
