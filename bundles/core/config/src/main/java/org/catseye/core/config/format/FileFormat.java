package org.catseye.core.config.format;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Converts between a file's text and a configuration's values. Values are compared by their encoded form. Thread-safe. */
public interface FileFormat {

    /** The values by key; keys are compared without regard to case. */
    Map<String, Object> parseText(String text) throws BrokenFileException;

    /** Refuses keys that {@link #rewriteText} would write and {@link #parseText} could not read. */
    default void checkKeys(Set<String> keys) throws IOException {
    }

    /** The text with exactly these values; comments of the old text stay. An empty old text stands for no file. */
    String rewriteText(String oldText, Map<String, Object> values);

    /** Equal texts mean equal values, as far as this format can distinguish them. */
    String encodeValue(Object value);
}
