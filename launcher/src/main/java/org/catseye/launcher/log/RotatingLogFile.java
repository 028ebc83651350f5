package org.catseye.launcher.log;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * A log file of bounded size: {@code catseye.log}, and older messages in {@code catseye.log.1} (newest) to {@code .N}. A full or broken disk only
 * loses messages: writing is retried for each message, and the first one that succeeds is preceded by the number of lost ones. Thread-safe.
 */
final class RotatingLogFile extends Handler {
    private final Path file;
    private final long maxBytes;
    private final int maxFiles;
    private OutputStream out;
    private long size;
    private long lostMessages;

    RotatingLogFile(Path file, long maxBytes, int maxFiles) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.maxFiles = maxFiles;
        setFormatter(new LogLineFormatter(true));
    }

    @Override
    public synchronized void publish(LogRecord message) {
        if (!isLoggable(message)) {
            return;
        }
        try {
            if (out == null) {
                openFile();
            } else if (size >= maxBytes) {
                rotateFiles();
            }
            if (lostMessages > 0) {
                appendText("(" + lostMessages + " messages before this one could not be written)\n");
                lostMessages = 0;
            }
            appendText(getFormatter().format(message));
        } catch (IOException | RuntimeException e) {
            lostMessages++;
            closeFile();
        }
    }

    private void appendText(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        size += bytes.length;
    }

    private void openFile() throws IOException {
        out = new FileOutputStream(file.toFile(), true);
        size = Files.size(file);
    }

    private void rotateFiles() throws IOException {
        out.close();
        out = null;
        for (int i = maxFiles - 1; i >= 1; i--) {
            Path from = i == 1 ? file : numberedFile(i - 1);
            if (Files.exists(from)) {
                Files.move(from, numberedFile(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        openFile();
    }

    private Path numberedFile(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private void closeFile() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException alreadyCounted) {
            // The message was counted as lost; closing a file on a full disk may fail again.
        }
        out = null;
    }

    @Override
    public void flush() {
        // Each message is written immediately: after a crash the last line is the most important one.
    }

    /** Does nothing: java.util.logging closes handlers in a shutdown hook of its own, while ours still stops the bundles and logs. */
    @Override
    public void close() {
    }
}
