package org.catseye.launcher.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Formats a message as {@code 2026-11-22 11:34:56.789 INFO  core.video  the message}, with one line for each cause below. In the file, lines have
 * the date, and stack traces instead of causes.
 */
public final class LogLineFormatter extends Formatter {
    private static final int MAX_CAUSES = 8;
    private final boolean forFile;

    public LogLineFormatter(boolean forFile) {
        this.forFile = forFile;
    }

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(128);
        appendTime(line, LocalDateTime.ofInstant(Instant.ofEpochMilli(entry.getMillis()), ZoneId.systemDefault()));
        line.append(' ').append(formatLevel(entry.getLevel())).append(' ').append(shortenLoggerName(entry.getLoggerName())).append("  ")
                .append(joinLines(formatMessage(entry))).append('\n');
        if (entry.getThrown() != null) {
            appendCauses(line, entry.getThrown());
        }
        return line.toString();
    }

    private void appendCauses(StringBuilder line, Throwable thrown) {
        if (forFile) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            line.append(trace);
            return;
        }
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
            line.append("    because: ").append(joinLines(cause.toString())).append('\n');
        }
    }

    /** Without DateTimeFormatter, which loads two hundred classes at the start. */
    private void appendTime(StringBuilder line, LocalDateTime at) {
        if (forFile) {
            line.append(at.toLocalDate()).append(' ');
        }
        appendTwoDigits(line, at.getHour()).append(':');
        appendTwoDigits(line, at.getMinute()).append(':');
        appendTwoDigits(line, at.getSecond()).append('.');
        int millis = at.getNano() / 1_000_000;
        line.append((char) ('0' + millis / 100));
        appendTwoDigits(line, millis % 100);
    }

    private static StringBuilder appendTwoDigits(StringBuilder line, int number) {
        return line.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static String formatLevel(Level level) {
        int value = level.intValue();
        return value >= 1000 ? "ERROR" : value >= 900 ? "WARN " : value >= 800 ? "INFO " : value >= 500 ? "DEBUG" : "TRACE";
    }

    /** The name without {@code org.catseye.}; of other loggers at most the last three parts. */
    public static String shortenLoggerName(String logger) {
        if (logger == null || logger.isEmpty()) {
            return "root";
        }
        if (logger.startsWith("org.catseye.")) {
            return logger.substring("org.catseye.".length());
        }
        String[] part = logger.split("\\.");
        return part.length <= 3 ? logger : String.join(".", part[part.length - 3], part[part.length - 2], part[part.length - 1]);
    }

    /** A message may contain text from outside. A line break in it must not look like the start of another message. */
    private static String joinLines(String message) {
        return message == null ? "" : message.strip().replaceAll("\\R\\s*", " | ");
    }
}
