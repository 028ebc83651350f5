package org.catseye.launcher;

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

/**
 * The log: one line per message on stderr, the same with stack traces in a rotated file. Levels come from a properties file
 * ({@code root = INFO}, {@code org.catseye.core.video = DEBUG}), which is read again when it changes.
 */
final class LogSetup {
    private static final Map<String, Level> LEVELS = Map.of("ERROR", Level.SEVERE, "WARN", Level.WARNING, "INFO", Level.INFO,
            "DEBUG", Level.FINE, "TRACE", Level.FINEST, "OFF", Level.OFF);
    /** Strong references: java.util.logging forgets the level of a logger nobody holds. */
    private final Map<String, Logger> tuned = new HashMap<>();
    private final Path levels;
    private final Throttle throttle;
    private FileTime read = FileTime.fromMillis(0);

    private LogSetup(Path levels, Throttle throttle) {
        this.levels = levels;
        this.throttle = throttle;
    }

    static LogSetup install(Path file, Path levels) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        Throttle throttle = new Throttle(List.of(new ConsoleLog(), new RotatedFile(file, 2 << 20, 5)), System::nanoTime);
        root.addHandler(throttle);
        LogSetup setup = new LogSetup(levels, throttle);
        setup.apply(new Properties());
        setup.refresh();
        return setup;
    }

    /** Tells what was held back of floods, and reads the levels when the file has changed. A wrong line is told, and the others count. Called from one thread at a time. */
    void refresh() {
        throttle.tick();
        try {
            FileTime now = Files.getLastModifiedTime(levels);
            if (now.equals(read)) {
                return;
            }
            read = now;
            Properties all = new Properties();
            try (Reader in = Files.newBufferedReader(levels, StandardCharsets.UTF_8)) {
                all.load(in);
            }
            apply(all);
        } catch (IOException | IllegalArgumentException e) {
            if (Files.exists(levels)) {
                Logger.getLogger("catseye.launcher").warning(levels + " cannot be read, log levels stay as they are: " + Refusal.why(e));
            }
        }
    }

    /** Tells what is still held back; the log goes on. */
    void end() {
        throttle.flush();
    }

    private void apply(Properties all) {
        tuned.values().forEach(logger -> logger.setLevel(null));
        tuned.clear();
        set("", Level.INFO);
        // Jetty and Felix tell at INFO what interests their developers; whoever wants it asks for it in the file.
        set("org.eclipse.jetty", Level.WARNING);
        set("org.apache.felix", Level.WARNING);
        for (String name : all.stringPropertyNames()) {
            Level level = LEVELS.get(all.getProperty(name).trim().toUpperCase(Locale.ROOT));
            if (level == null) {
                Logger.getLogger("catseye.launcher").warning(levels + ": '" + name + " = " + all.getProperty(name)
                        + "' is no log level; there are ERROR, WARN, INFO, DEBUG, TRACE, OFF");
            } else {
                set(name.equals("root") ? "" : name, level);
            }
        }
    }

    private void set(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        tuned.put(name, logger);
        if (name.isEmpty()) {
            for (Handler handler : logger.getHandlers()) {
                handler.setLevel(Level.ALL);
            }
        }
    }
}
