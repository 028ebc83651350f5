package org.catseye.core.config;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** How a file's text and a configuration's values turn into each other. Values are compared by their encoded form. */
interface Format {

    /** The values by key, keys without regard to case. */
    Map<String, Object> parse(String text) throws BrokenFileException;

    /** Refuses what {@link #rewrite} would write and {@link #parse} not find again. */
    default void check(Set<String> keys) throws IOException {
    }

    /** The text with exactly these values, keeping what else the old text says; an old text that is empty stands for no file. */
    String rewrite(String oldText, Map<String, Object> values);

    /** Equal texts mean equal values, as far as this format can tell. */
    String encode(Object value);
}
