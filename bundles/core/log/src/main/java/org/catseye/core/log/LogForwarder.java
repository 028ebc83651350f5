package org.catseye.core.log;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Forwards log entries to the SLF4J logger of their bundle. Omits the framework's events about bundles and services, and the
 * framework's errors, because the launcher logs these itself with the name of the bundle.
 */
final class LogForwarder implements LogListener {
    /** The logger names that the OSGi log uses for framework, bundle and service events (OSGi Compendium 101.6). */
    private static final String EVENTS = "Events.";
    private static final String BUNDLE_KEY = "catseye.bundle";
    private final Object lock = new Object();
    /** Guarded by lock: sequence numbers of the replayed entries, which the listener may receive as well. */
    private final Set<Long> replayed = new HashSet<>();
    private LogReaderService reader;

    /** Adds the listener before it replays, so that no entry is lost. An entry that is received both ways is forwarded once. */
    void attachReader(LogReaderService from) {
        reader = from;
        synchronized (lock) {
            from.addLogListener(this);
            Deque<LogEntry> oldestFirst = new ArrayDeque<>();
            Enumeration<LogEntry> newestFirst = from.getLog();
            Collections.list(newestFirst).forEach(oldestFirst::push);
            oldestFirst.forEach(entry -> {
                replayed.add(entry.getSequence());
                forwardEntry(entry);
            });
        }
    }

    void detachReader() {
        reader.removeLogListener(this);
    }

    @Override
    public void logged(LogEntry entry) {
        synchronized (lock) {
            if (replayed.contains(entry.getSequence())) {
                return;
            }
        }
        forwardEntry(entry);
    }

    private static void forwardEntry(LogEntry entry) {
        String name = entry.getLoggerName();
        if (name != null && name.startsWith(EVENTS)) {
            return;
        }
        String bundle = entry.getBundle() == null ? "osgi" : entry.getBundle().getSymbolicName();
        Logger logger = LoggerFactory.getLogger(name == null || name.equals("LogService") || name.equals("ROOT") ? bundle : name);
        // For the watchdog: on this thread, the stack does not show the bundle.
        MDC.put(BUNDLE_KEY, bundle);
        try {
            logger.atLevel(convertLevel(entry)).setCause(entry.getException()).log(entry.getMessage());
        } finally {
            MDC.remove(BUNDLE_KEY);
        }
    }

    private static Level convertLevel(LogEntry entry) {
        return switch (entry.getLogLevel()) {
            case AUDIT, ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}
