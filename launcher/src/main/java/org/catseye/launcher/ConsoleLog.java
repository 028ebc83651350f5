package org.catseye.launcher;

import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Writes lines to stderr, so that stdout holds nothing but the ready line. A closed terminal is nobody's error. */
final class ConsoleLog extends Handler {
    ConsoleLog() {
        setFormatter(new LineFormat(false));
    }

    @Override
    public void publish(LogRecord message) {
        if (isLoggable(message)) {
            System.err.print(getFormatter().format(message));
        }
    }

    @Override
    public void flush() {
        System.err.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
