package org.catseye.jpeg.ffmpeg;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ffmpeg: with less priority than what people wait for, an upper limit on its memory, and no life beyond {@link #close()}. It
 * also ends by itself when its input does, so it does not outlive Catseye.
 */
final class Child implements AutoCloseable {

    private static final int MOST_KIBIBYTES = 2 * 1024 * 1024;
    private static final long END_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Child.class);

    private final Process process;
    private final Thread listener;
    private volatile String lastWords = "";

    Child(Path program, Settings settings) throws IOException {
        process = new ProcessBuilder(command(program, settings)).start();
        listener = new Thread(this::listen, "jpeg-ffmpeg-words");
        listener.setDaemon(true);
        listener.start();
    }

    /**
     * Everything that makes a decoder wait is off: probing, threads with frames in them, frames held for their order. Not by "nobuffer":
     * it throws away what was read for probing, and that is the key frame. A frame's time is when it was decoded, because a raw stream
     * has no other; those too close to the one before are left out, and all that is caught up with. Measured: a JPEG is there before
     * the next frame goes in.
     */
    static List<String> command(Path program, Settings settings) {
        String apart = String.format(Locale.ROOT, "%.4f", 1.0 / settings.framesPerSecond() - 0.005);
        return List.of("sh", "-c", "ulimit -v " + MOST_KIBIBYTES + "; exec nice -n 5 \"$@\"", "sh", program.toString(),
            "-hide_banner", "-loglevel", "error", "-threads", "1", "-flags", "low_delay",
            "-probesize", "32", "-analyzeduration", "1", "-fpsprobesize", "0", "-f", "h264", "-i", "pipe:0",
            "-an", "-vf", "setpts=(RTCTIME-RTCSTART)/(TB*1000000),select=isnan(prev_selected_t)+gte(t-prev_selected_t\\," + apart + ")",
            "-fps_mode", "passthrough", "-enc_time_base", "1:1000", "-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-q:v", Integer.toString(settings.quality()), "-threads", "1",
            "-flush_packets", "1", "-f", "mpjpeg", "pipe:1");
    }

    /** Buffered. */
    InputStream output() {
        return process.getInputStream();
    }

    /** Buffered: to be flushed after each frame. */
    OutputStream input() {
        return process.getOutputStream();
    }

    /** Why it failed, if it said so; for one that ended. */
    String lastWords() throws InterruptedException {
        listener.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        return lastWords;
    }

    /** Ends it; returns at once. From any thread. */
    void end() {
        process.destroyForcibly();
    }

    /** Ends it and waits for that. */
    @Override
    public void close() {
        end();
        // Who stops us interrupts us too, and the child must be gone all the same.
        boolean interrupted = Thread.interrupted();
        for (boolean done = false; !done;) {
            try {
                if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                    LOG.error("ffmpeg (pid {}) does not end", process.pid());
                }
                listener.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
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
                LOG.trace("a pipe of the ended ffmpeg is broken, as it should be", e);
            }
        }
    }

    /** What it complains of must be read, or it stops. */
    private void listen() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                LOG.debug("ffmpeg: {}", line);
                lastWords = "ffmpeg says: " + line;
            }
        } catch (IOException e) {
            LOG.trace("ffmpeg ended", e);
        }
    }
}
