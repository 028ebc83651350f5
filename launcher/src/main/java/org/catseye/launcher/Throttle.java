package org.catseye.launcher;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Keeps whoever can cause a message from filling the log with it. Messages are of one kind if they have logger, level, place in the program and
 * exception in common, whatever their text. Per kind and minute some pass, the rest is counted, and one line says how many there were and shows the
 * newest. The web server complains about each broken request: of those one passes. Of all others so many that only a fault reaches it.
 */
final class Throttle extends Handler {
    static final int OTHERS = 20;
    private static final int STRANGERS = 1;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    /** Loggers of what reads from the network before anybody was asked who he is. */
    private static final List<String> DRIVEN_BY_STRANGERS = List.of("org.eclipse.jetty.", "org.apache.felix.http");

    private final List<Handler> to;
    private final LongSupplier nanoTime;
    /** Guarded by this; the kinds are as many as there are places in the program that log. */
    private final Map<Kind, Window> windows = new LinkedHashMap<>();

    private record Kind(String logger, Level level, String place, String thrown) {
        static Kind of(LogRecord message) {
            return new Kind(String.valueOf(message.getLoggerName()), message.getLevel(), message.getSourceClassName() + "." + message.getSourceMethodName(),
                    message.getThrown() == null ? "" : message.getThrown().getClass().getName());
        }

        int allowed() {
            return DRIVEN_BY_STRANGERS.stream().anyMatch(logger::startsWith) ? STRANGERS : OTHERS;
        }
    }

    /** The minute since the first message of a kind. */
    private static final class Window {
        final long began;
        int passed;
        int held;
        LogRecord newest;

        Window(long began) {
            this.began = began;
        }
    }

    Throttle(List<Handler> to, LongSupplier nanoTime) {
        this.to = List.copyOf(to);
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void publish(LogRecord message) {
        if (!isLoggable(message)) {
            return;
        }
        Kind kind = Kind.of(message);
        Window window = windows.get(kind);
        if (window != null && over(window)) {
            windows.remove(kind);
            sumUp(window);
            window = null;
        }
        if (window == null) {
            window = new Window(nanoTime.getAsLong());
            windows.put(kind, window);
        }
        if (window.passed < kind.allowed()) {
            window.passed++;
            to.forEach(handler -> handler.publish(message));
        } else {
            window.held++;
            window.newest = message;
        }
    }

    private boolean over(Window window) {
        return nanoTime.getAsLong() - window.began >= MINUTE_NANOS;
    }

    /** Tells what was held back in minutes that are over. To be called every few seconds. */
    synchronized void tick() {
        for (Iterator<Window> all = windows.values().iterator(); all.hasNext();) {
            Window window = all.next();
            if (over(window)) {
                all.remove();
                sumUp(window);
            }
        }
    }

    private void sumUp(Window window) {
        if (window.held == 0) {
            return;
        }
        LogRecord sum = new LogRecord(window.newest.getLevel(), "(" + window.held + " more like this within a minute) " + window.newest.getMessage());
        sum.setLoggerName(window.newest.getLoggerName());
        sum.setParameters(window.newest.getParameters());
        to.forEach(handler -> handler.publish(sum));
    }

    /** The end of the process: what is held back is told. */
    @Override
    public synchronized void flush() {
        windows.values().forEach(this::sumUp);
        windows.clear();
        to.forEach(Handler::flush);
    }

    /** Not on shutdown, as with {@link RotatedFile#close}. */
    @Override
    public void close() {
    }
}
