package org.catseye.core.config;

import java.util.Map;

/** How a file's text and a configuration's values turn into each other. Values are compared by their encoded form. */
interface Format {

    /** The values by key, keys without regard to case. */
    Map<String, Object> parse(String text) throws BrokenFileException;

    /** The text with exactly these values, keeping what else the old text says; an old text that is empty stands for no file. */
    String rewrite(String oldText, Map<String, Object> values);

    /** Equal texts mean equal values, as far as this format can tell. */
    String encode(Object value);
}
