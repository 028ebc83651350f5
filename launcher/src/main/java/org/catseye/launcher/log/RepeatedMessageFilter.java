package org.catseye.launcher.log;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Prevents a repeated message from flooding the log. Messages are of one kind if they have the same logger, level, place in the
 * program and exception class, whatever their text. A limited number of each kind passes per minute. The rest is counted, and one
 * line shows the count and the newest message. Loggers that report each invalid request get one message per minute; the limit of all
 * others is only reached by a fault. Thread-safe.
 */
public final class RepeatedMessageFilter extends Handler {
    public static final int MAX_PER_MINUTE = 20;
    private static final int MAX_FROM_NETWORK_PER_MINUTE = 1;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    /** Prefixes of loggers whose messages a client can cause without logging in. */
    private static final List<String> NETWORK_LOGGERS = List.of("org.eclipse.jetty.", "org.apache.felix.http");

    private final List<Handler> handlers;
    private final LongSupplier nanoTime;
    /** Guarded by this. Bounded: there is one kind for each place in the program that logs. */
    private final Map<Kind, Window> windows = new LinkedHashMap<>();

    private record Kind(String logger, Level level, String place, String thrown) {
        static Kind classifyMessage(LogRecord message) {
            return new Kind(String.valueOf(message.getLoggerName()), message.getLevel(), message.getSourceClassName() + "."
                    + message.getSourceMethodName(),
                    message.getThrown() == null ? "" : message.getThrown().getClass().getName());
        }

        int maxPerMinute() {
            return NETWORK_LOGGERS.stream().anyMatch(logger::startsWith) ? MAX_FROM_NETWORK_PER_MINUTE : MAX_PER_MINUTE;
        }
    }

    /** The minute since the first message of a kind. */
    private static final class Window {
        final long beginNanos;
        int passed;
        int suppressed;
        LogRecord newest;

        Window(long beginNanos) {
            this.beginNanos = beginNanos;
        }
    }

    public RepeatedMessageFilter(List<Handler> handlers, LongSupplier nanoTime) {
        this.handlers = List.copyOf(handlers);
        this.nanoTime = nanoTime;
    }

    @Override
    public void publish(LogRecord message) {
        // Without the lock: a filter that drops the lines of one bundle must not delay those of others.
        if (isLoggable(message)) {
            publishLimited(message);
        }
    }

    private synchronized void publishLimited(LogRecord message) {
        Kind kind = Kind.classifyMessage(message);
        Window window = windows.get(kind);
        if (window != null && isExpired(window)) {
            windows.remove(kind);
            publishSummary(window);
            window = null;
        }
        if (window == null) {
            window = new Window(nanoTime.getAsLong());
            windows.put(kind, window);
        }
        if (window.passed < kind.maxPerMinute()) {
            window.passed++;
            handlers.forEach(handler -> handler.publish(message));
        } else {
            window.suppressed++;
            window.newest = message;
        }
    }

    private boolean isExpired(Window window) {
        return nanoTime.getAsLong() - window.beginNanos >= MINUTE_NANOS;
    }

    /** Logs a summary for each window that has ended. Call it every few seconds. */
    public synchronized void reportExpiredWindows() {
        for (Iterator<Window> all = windows.values().iterator(); all.hasNext();) {
            Window window = all.next();
            if (isExpired(window)) {
                all.remove();
                publishSummary(window);
            }
        }
    }

    private void publishSummary(Window window) {
        if (window.suppressed == 0) {
            return;
        }
        LogRecord sum = new LogRecord(window.newest.getLevel(), "(" + window.suppressed + " more like this within a minute) "
                + window.newest.getMessage());
        sum.setLoggerName(window.newest.getLoggerName());
        sum.setParameters(window.newest.getParameters());
        handlers.forEach(handler -> handler.publish(sum));
    }

    /** Logs a summary for every window, at the end of the process. */
    @Override
    public synchronized void flush() {
        windows.values().forEach(this::publishSummary);
        windows.clear();
        handlers.forEach(Handler::flush);
    }

    /** Does nothing, for the reason given at {@link RotatingLogFile#close}. */
    @Override
    public void close() {
    }
}
