package org.catseye.ffmpeg.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.catseye.concurrent.NamedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ffmpeg process, with a low priority and limited memory. It ends at {@link #close()}, and also when its input ends, so that it
 * does not outlive Catseye.
 */
public final class FfmpegProcess implements AutoCloseable {

    private static final int MAX_KIBIBYTES = 2 * 1024 * 1024;
    private static final long EXIT_TIMEOUT_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(FfmpegProcess.class);

    private final Process process;
    private final Thread errorReader;
    private volatile String lastError = "";

    /**
     * Starts ffmpeg.
     *
     * @param options all but the program's name
     * @throws IOException if the operating system refuses
     */
    public FfmpegProcess(Path program, List<String> options) throws IOException {
        List<String> shell = List.of("sh", "-c", "ulimit -v " + MAX_KIBIBYTES + "; exec nice -n 5 \"$@\"", "sh", program.toString(),
            "-hide_banner", "-loglevel", "error");
        process = new ProcessBuilder(Stream.concat(shell.stream(), options.stream()).toList()).start();
        errorReader = NamedThreads.newDaemonThread(this::readErrors, "ffmpeg-errors");
        errorReader.start();
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** The processor time that ffmpeg has taken so far; 0 if it has ended. */
    public long processorNanos() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    /** ffmpeg's standard output, buffered. */
    public InputStream standardOutput() {
        return process.getInputStream();
    }

    /** ffmpeg's standard input, buffered: flush it after each frame. */
    public OutputStream standardInput() {
        return process.getOutputStream();
    }

    /** The last line that ffmpeg wrote as an error; empty if there is none. Call it after the process ended: it waits for that. */
    public String awaitLastError() throws InterruptedException {
        errorReader.join(TimeUnit.SECONDS.toMillis(EXIT_TIMEOUT_SECONDS));
        return lastError;
    }

    /** Kills the process; returns immediately. Thread-safe. */
    public void killProcess() {
        process.destroyForcibly();
    }

    /** Kills the process and waits until it has ended, even if this thread is interrupted. */
    @Override
    public void close() {
        killProcess();
        // The hub stops this thread by interrupting it; the process must end all the same.
        boolean interrupted = Thread.interrupted();
        for (boolean done = false; !done;) {
            try {
                if (!process.waitFor(EXIT_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    LOG.error("ffmpeg (pid {}) does not end", process.pid());
                }
                errorReader.join(TimeUnit.SECONDS.toMillis(EXIT_TIMEOUT_SECONDS));
                done = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        closeStreams();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeStreams() {
        for (AutoCloseable stream : List.of(process.getInputStream(), process.getOutputStream(), process.getErrorStream())) {
            try {
                stream.close();
            } catch (Exception e) {
                LOG.trace("Closing a pipe of the ended ffmpeg failed, as expected", e);
            }
        }
    }

    /** Standard error must be read, or ffmpeg blocks when the pipe is full. */
    private void readErrors() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                LOG.debug("ffmpeg: {}", line);
                lastError = "ffmpeg reported: " + line;
            }
        } catch (IOException e) {
            LOG.trace("ffmpeg ended", e);
        }
    }
}
