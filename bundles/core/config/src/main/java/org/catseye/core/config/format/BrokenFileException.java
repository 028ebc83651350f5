package org.catseye.core.config.format;

import java.io.IOException;

/** A configuration file cannot be parsed. The message has the line, the mistake and the remedy; never a value, which may be a secret. */
public final class BrokenFileException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param line counted from 1; 0 for the file as a whole */
    public BrokenFileException(int line, String problem) {
        super(line == 0 ? problem : "line " + line + ": " + problem);
    }
}
