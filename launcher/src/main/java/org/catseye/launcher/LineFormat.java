package org.catseye.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * {@code 2026-11-22 11:34:56.789 INFO  core.video  the message}, with the causes in words below. The file has the date and the stack
 * traces too; a person at the console needs neither.
 */
final class LineFormat extends Formatter {
    private static final int MOST_CAUSES = 8;
    private final boolean full;

    LineFormat(boolean full) {
        this.full = full;
    }

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(128);
        time(line, LocalDateTime.ofInstant(Instant.ofEpochMilli(entry.getMillis()), ZoneId.systemDefault()));
        line.append(' ').append(level(entry.getLevel())).append(' ').append(shortName(entry.getLoggerName())).append("  ")
                .append(oneLine(formatMessage(entry))).append('\n');
        if (entry.getThrown() != null) {
            cause(line, entry.getThrown());
        }
        return line.toString();
    }

    private void cause(StringBuilder line, Throwable thrown) {
        if (full) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            line.append(trace);
            return;
        }
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++, cause = cause.getCause()) {
            line.append("    because: ").append(oneLine(cause.toString())).append('\n');
        }
    }

    /** By hand: DateTimeFormatter would load two hundred classes into a start that is counted in milliseconds. */
    private void time(StringBuilder line, LocalDateTime at) {
        if (full) {
            line.append(at.toLocalDate()).append(' ');
        }
        two(line, at.getHour()).append(':');
        two(line, at.getMinute()).append(':');
        two(line, at.getSecond()).append('.');
        int millis = at.getNano() / 1_000_000;
        line.append((char) ('0' + millis / 100));
        two(line, millis % 100);
    }

    private static StringBuilder two(StringBuilder line, int number) {
        return line.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static String level(Level level) {
        int value = level.intValue();
        return value >= 1000 ? "ERROR" : value >= 900 ? "WARN " : value >= 800 ? "INFO " : value >= 500 ? "DEBUG" : "TRACE";
    }

    /** Our loggers without {@code org.catseye.}, others by their last three parts at most. */
    static String shortName(String logger) {
        if (logger == null || logger.isEmpty()) {
            return "root";
        }
        if (logger.startsWith("org.catseye.")) {
            return logger.substring("org.catseye.".length());
        }
        String[] part = logger.split("\\.");
        return part.length <= 3 ? logger : String.join(".", part[part.length - 3], part[part.length - 2], part[part.length - 1]);
    }

    /** A line break in a message, put there by whoever sent us the text, must not look like a message of its own. */
    private static String oneLine(String message) {
        return message == null ? "" : message.strip().replaceAll("\\R\\s*", " | ");
    }
}
