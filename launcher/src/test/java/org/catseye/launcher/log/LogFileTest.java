package org.catseye.launcher.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class LogFileTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static LogRecord message(String text, Throwable cause) {
        LogRecord message = new LogRecord(Level.WARNING, text);
        message.setLoggerName("org.catseye.core.video.Hub");
        message.setThrown(cause);
        return message;
    }

    @Test
    public void consoleShowsOneLinePerMessageAndCause() {
        String line = new LogLineFormatter(false).format(message("bay {0} is away", new IOException("outer", new IOException("inner"))));
        assertTrue(line, line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  core\\.video\\.Hub  bay \\{0} is away\n"
                + "    because: java\\.io\\.IOException: outer\n    because: java\\.io\\.IOException: inner\n"));
    }

    @Test
    public void consoleKeepsTheStreamThatABundleReplaces() {
        PrintStream before = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(written, true));
            ConsoleLogHandler handler = new ConsoleLogHandler();
            System.setErr(new PrintStream(OutputStream.nullOutputStream()));
            handler.publish(message("still visible", null));
            handler.flush();
            assertTrue(written.toString(), written.toString().contains("still visible"));
        } finally {
            System.setErr(before);
        }
    }

    @Test
    public void lineBreakInMessageCannotForgeSecondMessage() {
        String line = new LogLineFormatter(false).format(message("user 'x\n12:00:00.000 INFO  gate  logged in'", null));
        assertEquals(1, line.lines().count());
    }

    @Test
    public void fileHasDateAndStackTrace() {
        String text = new LogLineFormatter(true).format(message("m", new IOException("outer")));
        assertTrue(text, text.matches("(?s)\\d{4}-\\d\\d-\\d\\d .*\n\tat org\\.catseye.*"));
    }

    @Test
    public void otherLoggersKeepTheirLastThreeParts() {
        assertEquals("jetty.server.Server", LogLineFormatter.shortenLoggerName("org.eclipse.jetty.server.Server"));
        assertEquals("catseye.launcher", LogLineFormatter.shortenLoggerName("catseye.launcher"));
    }

    @Test
    public void fileRotatesAndKeepsLimitedNumber() throws Exception {
        Path file = folder.getRoot().toPath().resolve("c.log");
        RotatingLogFile log = new RotatingLogFile(file, 200, 3);
        for (int i = 0; i < 40; i++) {
            log.publish(message("message number " + i, null));
        }
        assertTrue(Files.readString(file).contains("number 39"));
        assertTrue(Files.exists(folder.getRoot().toPath().resolve("c.log.2")));
        assertFalse(Files.exists(folder.getRoot().toPath().resolve("c.log.3")));
        assertTrue(Files.size(file) < 400);
    }

    @Test
    public void lostMessagesAreCountedWhenTheDiskWorksAgain() throws Exception {
        Path away = folder.getRoot().toPath().resolve("away");
        RotatingLogFile log = new RotatingLogFile(away.resolve("c.log"), 1000, 3);
        log.publish(message("lost one", null));
        log.publish(message("lost two", null));
        Files.createDirectory(away);
        log.publish(message("back", null));
        String text = Files.readString(away.resolve("c.log"));
        assertTrue(text, text.startsWith("(2 messages before") && text.contains("back"));
    }

    @Test
    public void fullDiskThrowsNothing() {
        RotatingLogFile log = new RotatingLogFile(Path.of("/dev/full"), 1000, 3);
        log.publish(message("no room", null));
        log.publish(message("no room", null));
    }
}
