package org.catseye.launcher;

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
 * A log file of bounded size: {@code catseye.log}, and before it {@code catseye.log.1} (newest) to {@code .N}. A full or broken disk costs
 * lines and nothing else: writing is tried again for each message, and the first that succeeds says how many were lost.
 */
final class RotatedFile extends Handler {
    private final Path file;
    private final long maxBytes;
    private final int keep;
    private OutputStream out;
    private long size;
    private long lost;
    private boolean closed;

    RotatedFile(Path file, long maxBytes, int keep) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.keep = keep;
        setFormatter(new LineFormat(true));
    }

    @Override
    public synchronized void publish(LogRecord message) {
        if (closed || !isLoggable(message)) {
            return;
        }
        try {
            if (out == null) {
                open();
            } else if (size >= maxBytes) {
                rotate();
            }
            if (lost > 0) {
                write("(" + lost + " messages before this one could not be written)\n");
                lost = 0;
            }
            write(getFormatter().format(message));
        } catch (IOException | RuntimeException e) {
            lost++;
            giveUpFile();
        }
    }

    private void write(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        size += bytes.length;
    }

    private void open() throws IOException {
        out = new FileOutputStream(file.toFile(), true);
        size = Files.size(file);
    }

    private void rotate() throws IOException {
        out.close();
        out = null;
        for (int i = keep - 1; i >= 1; i--) {
            Path from = i == 1 ? file : numbered(i - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        open();
    }

    private Path numbered(int i) {
        return file.resolveSibling(file.getFileName() + "." + i);
    }

    private void giveUpFile() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException alreadyCounted) {
            // the message was counted as lost; closing a file on a full disk may fail again
        }
        out = null;
    }

    @Override
    public void flush() {
        // Each message is written at once: after a crash the last line is the one that matters.
    }

    /** Not on shutdown: java.util.logging closes handlers in a hook of its own, while ours still stops the bundles and has things to say. */
    @Override
    public void close() {
    }

    synchronized void end() {
        closed = true;
        giveUpFile();
    }
}
