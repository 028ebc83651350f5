package org.catseye.core.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

public class LogForwarderTest {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Reader reader = new Reader();

    /** Returns entries newest first, as the specification requires, and sends one of them again to a new listener. */
    private static final class Reader implements LogReaderService {
        final List<LogEntry> kept = new ArrayList<>();
        final List<LogListener> listeners = new ArrayList<>();

        @Override
        public void addLogListener(LogListener listener) {
            listeners.add(listener);
        }

        @Override
        public void removeLogListener(LogListener listener) {
            listeners.remove(listener);
        }

        @Override
        public Enumeration<LogEntry> getLog() {
            return Collections.enumeration(kept);
        }
    }

    private static LogEntry entry(long sequence, String logger, LogLevel level, String message, Throwable cause) {
        Map<String, Object> answers = Map.of("getSequence", sequence, "getLoggerName", logger, "getLogLevel", level, "getMessage", message);
        return (LogEntry) Proxy.newProxyInstance(LogForwarderTest.class.getClassLoader(), new Class<?>[] {LogEntry.class},
                (proxy, method, arguments) -> method.getName().equals("getException") ? cause : answers.get(method.getName()));
    }

    @Before
    public void captureErrorOutput() {
        System.setErr(new PrintStream(written, true));
    }

    @After
    public void restoreErrorOutput() {
        System.setErr(before);
    }

    private List<String> lines() {
        return written.toString().lines().toList();
    }

    @Test
    public void collectedEntriesComeFirstTheOldestAtTheHead() {
        reader.kept.add(entry(2, "b", LogLevel.WARN, "second", null));
        reader.kept.add(entry(1, "a", LogLevel.INFO, "first", null));
        new LogForwarder().attachReader(reader);
        reader.listeners.get(0).logged(entry(3, "c", LogLevel.ERROR, "third", null));
        assertEquals(3, lines().size());
        assertTrue(lines().get(0), lines().get(0).contains("INFO a - first"));
        assertTrue(lines().get(1), lines().get(1).contains("WARN b - second"));
        assertTrue(lines().get(2), lines().get(2).contains("ERROR c - third"));
    }

    @Test
    public void anEntryThatComesBothWaysIsForwardedOnce() {
        LogEntry twice = entry(1, "a", LogLevel.INFO, "first", null);
        reader.kept.add(twice);
        new LogForwarder().attachReader(reader);
        reader.listeners.get(0).logged(twice);
        assertEquals(1, lines().size());
    }

    @Test
    public void eventsOfTheFrameworkAreOmitted() {
        new LogForwarder().attachReader(reader);
        for (String events : List.of("Events.Bundle", "Events.Service", "Events.Framework")) {
            reader.listeners.get(0).logged(entry(1, events, LogLevel.INFO, "event", null));
        }
        assertEquals(List.of(), lines());
    }

    @Test
    public void theCauseIsForwarded() {
        new LogForwarder().attachReader(reader);
        reader.listeners.get(0).logged(entry(1, "a", LogLevel.ERROR, "activate threw", new IllegalStateException("no device")));
        assertTrue(written.toString(), written.toString().contains("no device"));
    }

    @Test
    public void noListenerIsLeftAfterTheEnd() {
        LogForwarder forwarder = new LogForwarder();
        forwarder.attachReader(reader);
        forwarder.detachReader();
        assertEquals(List.of(), reader.listeners);
    }
}
