package org.catseye.launcher;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.Test;

public class ThrottleTest {
    private static final long SECOND = 1_000_000_000L;
    private final List<String> told = new ArrayList<>();
    private long now = 42;
    private final Throttle throttle = new Throttle(List.of(new Handler() {
        @Override
        public void publish(LogRecord message) {
            told.add(LineFormat.shortName(message.getLoggerName()) + " " + message.getLevel() + " " + message.getMessage());
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    }), () -> now);

    private void say(String logger, Level level, String place, String text, Throwable thrown) {
        LogRecord message = new LogRecord(level, text);
        message.setLoggerName(logger);
        message.setSourceClassName(logger);
        message.setSourceMethodName(place);
        message.setThrown(thrown);
        throttle.publish(message);
    }

    private void jetty(String text) {
        say("org.eclipse.jetty.http.HttpParser", Level.WARNING, "parse", text, null);
    }

    @Test
    public void ofTheWebServersComplaintsOnePassesAMinuteAndTheRestIsCounted() {
        for (int i = 0; i < 1000; i++) {
            jetty("bad message " + i);
        }
        assertEquals(List.of("jetty.http.HttpParser WARNING bad message 0"), told);
        now += 59 * SECOND;
        throttle.tick();
        assertEquals(1, told.size());
        now += SECOND;
        throttle.tick();
        assertEquals(List.of("jetty.http.HttpParser WARNING (999 more like this within a minute) bad message 999"), told.subList(1, told.size()));
        throttle.tick();
        now += 300 * SECOND;
        throttle.tick();
        assertEquals("told once", 2, told.size());
        jetty("again");
        assertEquals("jetty.http.HttpParser WARNING again", told.get(2));
    }

    @Test
    public void theNextOfItsKindTellsTheCountIfNobodyDidBefore() {
        jetty("a");
        jetty("b");
        now += 61 * SECOND;
        jetty("c");
        assertEquals(List.of("jetty.http.HttpParser WARNING a", "jetty.http.HttpParser WARNING (1 more like this within a minute) b", "jetty.http.HttpParser WARNING c"), told);
    }

    @Test
    public void oneKindTakesNothingFromAnother() {
        for (int i = 0; i < 10; i++) {
            jetty("bad");
            say("org.eclipse.jetty.http.HttpParser", Level.WARNING, "parse", "bad", new IOException("Early EOF"));
            say("org.eclipse.jetty.http.HttpParser", Level.SEVERE, "parse", "worse", null);
            say("org.eclipse.jetty.http.HttpParser", Level.WARNING, "elsewhere", "other", null);
            say("org.apache.felix.http.base", Level.WARNING, "parse", "felix", null);
        }
        assertEquals(5, told.size());
    }

    @Test
    public void ourOwnMessagesPassUntilTheyAreAFlood() {
        for (int i = 0; i < Throttle.OTHERS; i++) {
            say("org.catseye.core.video.Hub", Level.INFO, "told", "event " + i, null);
        }
        assertEquals(Throttle.OTHERS, told.size());
        for (int i = 0; i < 40; i++) {
            say("org.catseye.core.video.CaptureLoop", Level.WARNING, "failed", "fails in way " + i, null);
            now += SECOND;
        }
        assertEquals(2 * Throttle.OTHERS, told.size());
        assertTrue(told.get(39), told.get(39).endsWith("fails in way 19"));
        throttle.flush();
        assertEquals("core.video.CaptureLoop WARNING (20 more like this within a minute) fails in way 39", told.get(40));
        assertEquals(41, told.size());
    }

    @Test
    public void aTextThatAStrangerChoosesMakesNoKindOfItsOwn() {
        for (int i = 0; i < 100; i++) {
            jetty("unique " + System.identityHashCode(new Object()) + i);
        }
        assertEquals(1, told.size());
    }
}
