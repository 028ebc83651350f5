package org.catseye.core.config;

import java.io.IOException;

/** A configuration file cannot be understood. The message says line, what is wrong, and what would be right; never a value. */
final class BrokenFileException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param line counted from 1; 0 when the file as a whole is meant */
    BrokenFileException(int line, String problem) {
        super(line == 0 ? problem : "line " + line + ": " + problem);
    }
}
