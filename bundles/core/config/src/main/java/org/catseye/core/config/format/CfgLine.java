package org.catseye.core.config.format;

import java.util.Optional;
import java.util.regex.Pattern;

/** A line {@code key = value}. Split without a regular expression, because a line may be as long as a file and full of blanks. */
record CfgLine(String key, String value) {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]+");

    /** Empty for a comment, and for a line without a key. */
    static Optional<CfgLine> findEntry(String line) {
        int equals = line.indexOf('=');
        String key = equals < 0 ? "" : line.substring(0, equals).strip();
        return key.isEmpty() || key.startsWith("#") ? Optional.empty() : Optional.of(new CfgLine(key, line.substring(equals + 1).strip()));
    }

    /** @param number of the line, for the message */
    static CfgLine parseEntry(String line, int number) throws BrokenFileException {
        // The message shows the first word only, because the rest may be a secret.
        CfgLine entry = findEntry(line).orElseThrow(() -> new BrokenFileException(number, "there is no '=' after '"
                + line.strip().split("[\\s:]", 2)[0] + "'; write key = value, or put # before a comment"));
        if (!isValidKey(entry.key())) {
            throw new BrokenFileException(number, "a key has letters, digits, '.', '_' and '-' only; '"
                    + entry.key().split("\\s", 2)[0] + "...' has something else before the '='");
        }
        return entry;
    }

    static boolean isValidKey(String key) {
        return KEY.matcher(key).matches();
    }

    /** Decodes the value. */
    Object decodeValue(int number) throws BrokenFileException {
        try {
            return CfgValue.decodeText(value);
        } catch (IllegalArgumentException e) {
            throw new BrokenFileException(number, "the value of '" + key + "' is not complete: " + e.getMessage());
        }
    }

    /** The value as it would be written, so that a line is kept when only its spelling differs; the text itself if it cannot be decoded. */
    String normalizedValue() {
        try {
            return CfgValue.encodeValue(CfgValue.decodeText(value));
        } catch (IllegalArgumentException broken) {
            return value;
        }
    }
}
