package org.catseye.launcher.log;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.catseye.launcher.refusal.StartRefusedException;

/**
 * Sets up the log: one line per message on stderr, the same with stack traces in a rotated file. Levels come from a properties file
 * ({@code root = INFO}, {@code org.catseye.core.video = DEBUG}), which is read again when it changes. Used by one thread at a time.
 */
public final class LogSetup {
    private static final Map<String, Level> LEVELS = Map.of("ERROR", Level.SEVERE, "WARN", Level.WARNING, "INFO", Level.INFO,
            "DEBUG", Level.FINE, "TRACE", Level.FINEST, "OFF", Level.OFF);
    /** Strong references: java.util.logging forgets the level of a logger that is garbage-collected. */
    private final Map<String, Logger> configured = new HashMap<>();
    private final Path levels;
    private final RepeatedMessageFilter filter;
    private FileTime lastRead = FileTime.fromMillis(0);

    private LogSetup(Path levels, RepeatedMessageFilter filter) {
        this.levels = levels;
        this.filter = filter;
    }

    public static LogSetup installHandlers(Path file, Path levels) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        RepeatedMessageFilter filter = new RepeatedMessageFilter(List.of(new ConsoleLogHandler(), new RotatingLogFile(file, 2 << 20, 5)), System::nanoTime);
        root.addHandler(filter);
        LogSetup setup = new LogSetup(levels, filter);
        setup.applyLevels(new Properties());
        setup.refreshLog();
        return setup;
    }

    /** Summarizes suppressed messages, and reads the levels again if the file has changed. An invalid line is logged; the other lines take effect. */
    public void refreshLog() {
        filter.reportExpiredWindows();
        try {
            FileTime now = Files.getLastModifiedTime(levels);
            if (now.equals(lastRead)) {
                return;
            }
            lastRead = now;
            Properties all = new Properties();
            try (Reader in = Files.newBufferedReader(levels, StandardCharsets.UTF_8)) {
                all.load(in);
            }
            applyLevels(all);
        } catch (IOException | IllegalArgumentException e) {
            if (Files.exists(levels)) {
                Logger.getLogger("catseye.launcher").warning(levels + " cannot be read, log levels stay as they are: " + StartRefusedException.describeCause(e));
            }
        }
    }

    /** Summarizes the messages that are still suppressed. The log remains usable. */
    public void reportSuppressedMessages() {
        filter.flush();
    }

    private void applyLevels(Properties all) {
        configured.values().forEach(logger -> logger.setLevel(null));
        configured.clear();
        setLevel("", Level.INFO);
        // Jetty and Felix tell at INFO what interests their developers; whoever wants it asks for it in the file.
        setLevel("org.eclipse.jetty", Level.WARNING);
        setLevel("org.apache.felix", Level.WARNING);
        for (String name : all.stringPropertyNames()) {
            Level level = LEVELS.get(all.getProperty(name).trim().toUpperCase(Locale.ROOT));
            if (level == null) {
                Logger.getLogger("catseye.launcher").warning(levels + ": '" + name + " = " + all.getProperty(name)
                        + "' is no log level; there are ERROR, WARN, INFO, DEBUG, TRACE, OFF");
            } else {
                setLevel(name.equals("root") ? "" : name, level);
            }
        }
    }

    private void setLevel(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        configured.put(name, logger);
        if (name.isEmpty()) {
            for (Handler handler : logger.getHandlers()) {
                handler.setLevel(Level.ALL);
            }
        }
    }
}
