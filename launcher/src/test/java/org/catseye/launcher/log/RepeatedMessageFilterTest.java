package org.catseye.launcher.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.Test;

public class RepeatedMessageFilterTest {
    private static final long SECOND = 1_000_000_000L;
    private final List<String> reported = new ArrayList<>();
    private long now = 42;
    private final RepeatedMessageFilter throttle = new RepeatedMessageFilter(List.of(new Handler() {
        @Override
        public void publish(LogRecord message) {
            reported.add(LogLineFormatter.shortenLoggerName(message.getLoggerName()) + " " + message.getLevel() + " "
                    + message.getMessage());
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    }), () -> now);

    private void publishMessage(String logger, Level level, String place, String text, Throwable thrown) {
        LogRecord message = new LogRecord(level, text);
        message.setLoggerName(logger);
        message.setSourceClassName(logger);
        message.setSourceMethodName(place);
        message.setThrown(thrown);
        throttle.publish(message);
    }

    private void publishJettyWarning(String text) {
        publishMessage("org.eclipse.jetty.http.HttpParser", Level.WARNING, "parse", text, null);
    }

    @Test
    public void oneWebServerMessagePassesPerMinuteAndTheRestIsCounted() {
        for (int i = 0; i < 1000; i++) {
            publishJettyWarning("bad message " + i);
        }
        assertEquals(List.of("jetty.http.HttpParser WARNING bad message 0"), reported);
        now += 59 * SECOND;
        throttle.reportExpiredWindows();
        assertEquals(1, reported.size());
        now += SECOND;
        throttle.reportExpiredWindows();
        assertEquals(List.of("jetty.http.HttpParser WARNING (999 more like this within a minute) bad message 999"),
                reported.subList(1, reported.size()));
        throttle.reportExpiredWindows();
        now += 300 * SECOND;
        throttle.reportExpiredWindows();
        assertEquals("reported once", 2, reported.size());
        publishJettyWarning("again");
        assertEquals("jetty.http.HttpParser WARNING again", reported.get(2));
    }

    @Test
    public void nextMessageOfTheKindReportsTheCount() {
        publishJettyWarning("a");
        publishJettyWarning("b");
        now += 61 * SECOND;
        publishJettyWarning("c");
        assertEquals(List.of("jetty.http.HttpParser WARNING a", "jetty.http.HttpParser WARNING (1 more like this within a minute) b",
                "jetty.http.HttpParser WARNING c"), reported);
    }

    @Test
    public void kindsHaveSeparateLimits() {
        for (int i = 0; i < 10; i++) {
            publishJettyWarning("bad");
            publishMessage("org.eclipse.jetty.http.HttpParser", Level.WARNING, "parse", "bad", new IOException("Early EOF"));
            publishMessage("org.eclipse.jetty.http.HttpParser", Level.SEVERE, "parse", "worse", null);
            publishMessage("org.eclipse.jetty.http.HttpParser", Level.WARNING, "elsewhere", "other", null);
            publishMessage("org.apache.felix.http.base", Level.WARNING, "parse", "felix", null);
        }
        assertEquals(5, reported.size());
    }

    @Test
    public void ownMessagesPassUpToTheLimit() {
        for (int i = 0; i < RepeatedMessageFilter.MAX_PER_MINUTE; i++) {
            publishMessage("org.catseye.core.video.Hub", Level.INFO, "reported", "event " + i, null);
        }
        assertEquals(RepeatedMessageFilter.MAX_PER_MINUTE, reported.size());
        for (int i = 0; i < 40; i++) {
            publishMessage("org.catseye.core.video.CaptureLoop", Level.WARNING, "failed", "fails in way " + i, null);
            now += SECOND;
        }
        assertEquals(2 * RepeatedMessageFilter.MAX_PER_MINUTE, reported.size());
        assertTrue(reported.get(39), reported.get(39).endsWith("fails in way 19"));
        throttle.flush();
        assertEquals("core.video.CaptureLoop WARNING (20 more like this within a minute) fails in way 39", reported.get(40));
        assertEquals(41, reported.size());
    }

    @Test
    public void textChosenByAClientMakesNoNewKind() {
        for (int i = 0; i < 100; i++) {
            publishJettyWarning("unique " + System.identityHashCode(new Object()) + i);
        }
        assertEquals(1, reported.size());
    }

    /** Another bundle that floods the log must not make this one wait. */
    @Test
    public void messagesThatAFilterDropsNeitherWaitNorCount() throws Exception {
        throttle.setFilter(message -> !message.getMessage().startsWith("flood"));
        Thread flood = new Thread(() -> publishMessage("com.example", Level.INFO, "run", "flood", null));
        flood.setDaemon(true);
        synchronized (throttle) {
            flood.start();
            flood.join(10_000);
            assertFalse("it waits", flood.isAlive());
        }
        publishMessage("com.example", Level.INFO, "run", "a line", null);
        assertEquals(List.of("com.example INFO a line"), reported);
    }
}
