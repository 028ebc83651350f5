package org.catseye.launcher.log;

import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Writes lines to stderr, so that stdout contains only the ready line. A closed terminal is not an error. */
final class ConsoleLogHandler extends Handler {
    ConsoleLogHandler() {
        setFormatter(new LogLineFormatter(false));
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
