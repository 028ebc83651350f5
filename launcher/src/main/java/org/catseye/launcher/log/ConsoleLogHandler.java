package org.catseye.launcher.log;

import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Writes lines to stderr, so that stdout contains only the ready line. The stream is the one that the
 * process began with, so that no bundle can replace it, and what bundles print does not count against the log. A closed terminal is not an error. */
final class ConsoleLogHandler extends Handler {
    private final PrintStream stream = System.err;

    ConsoleLogHandler() {
        setFormatter(new LogLineFormatter(false));
    }

    @Override
    public void publish(LogRecord message) {
        if (isLoggable(message)) {
            stream.print(getFormatter().format(message));
        }
    }

    @Override
    public void flush() {
        stream.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
