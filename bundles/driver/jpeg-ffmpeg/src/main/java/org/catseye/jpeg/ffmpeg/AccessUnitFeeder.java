package org.catseye.jpeg.ffmpeg;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
import org.catseye.jpeg.ffmpeg.process.FfmpegProcess;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.video.spi.CaptureContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the source's access units to ffmpeg, on a thread of its own, one at a time: there is no queue. It kills ffmpeg when it is
 * closed, when the picture size changes, and when ffmpeg accepts frames but produces no JPEG.
 */
final class AccessUnitFeeder implements FrameListener, AutoCloseable {

    /** An access unit delimiter. A decoder only detects the end of a frame at the start of the next unit, so one is sent at once. */
    private static final byte[] DELIMITER = {0, 0, 0, 1, 9, (byte) 0xf0};
    private static final long CHECK_MILLIS = 200;
    private static final long OUTPUT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long JOIN_MILLIS = 2000;
    private static final Logger LOG = LoggerFactory.getLogger(AccessUnitFeeder.class);

    private final FfmpegProcess ffmpeg;
    private final CaptureContext context;
    private final Semaphore frames = new Semaphore(0);
    private final byte[] chunk = new byte[64 * 1024];
    private final Subscription subscription;
    private final Thread thread;
    private volatile long writtenCaptureNanos;
    private volatile long lastOutputNanos = System.nanoTime();
    private volatile boolean formatChanged;
    private volatile boolean closed;
    private long firstWriteNanos;

    AccessUnitFeeder(VideoHub source, FfmpegProcess ffmpeg, CaptureContext context) {
        this.ffmpeg = ffmpeg;
        this.context = context;
        this.subscription = source.subscribe(this, EnumSet.of(Codec.H264));
        this.thread = NamedThreads.newDaemonThread(this::runFeeder, "jpeg-ffmpeg-feed");
        thread.start();
    }

    @Override
    public void onFrameAvailable() {
        if (frames.availablePermits() == 0) {
            frames.release();
        }
    }

    /** Capture time of the last frame written, System.nanoTime. */
    long writtenCaptureNanos() {
        return writtenCaptureNanos;
    }

    /** Records that ffmpeg produced a JPEG. */
    void recordOutput() {
        lastOutputNanos = System.nanoTime();
    }

    /** Whether feeding ended because the picture size changed. */
    boolean hasFormatChanged() {
        return formatChanged;
    }

    @Override
    public void close() {
        closed = true;
        subscription.close();
        ffmpeg.killProcess();
        frames.release();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runFeeder() {
        try {
            feedFrames();
        } catch (IOException e) {
            LOG.debug("ffmpeg no longer accepts frames: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ffmpeg.killProcess();
        }
    }

    private void feedFrames() throws IOException, InterruptedException {
        OutputStream out = ffmpeg.standardInput();
        VideoFormat format = null;
        while (!closed && !context.isStopped() && !isOutputOverdue()) {
            Optional<Frame> next = subscription.nextFrame();
            if (next.isEmpty()) {
                frames.tryAcquire(CHECK_MILLIS, TimeUnit.MILLISECONDS);
                continue;
            }
            try (Frame frame = next.get()) {
                if (format != null && !format.equals(frame.format())) {
                    formatChanged = true;
                    return;
                }
                format = frame.format();
                writeFrame(frame, out);
            }
        }
    }

    private void writeFrame(Frame frame, OutputStream out) throws IOException {
        writtenCaptureNanos = frame.capturedNanos();
        firstWriteNanos = firstWriteNanos == 0 ? System.nanoTime() : firstWriteNanos;
        ByteBuffer data = frame.encodedBytes().duplicate();
        while (data.hasRemaining()) {
            int count = Math.min(chunk.length, data.remaining());
            data.get(chunk, 0, count);
            out.write(chunk, 0, count);
        }
        out.write(DELIMITER);
        out.flush();
    }

    private boolean isOutputOverdue() {
        boolean overdue = firstWriteNanos != 0 && System.nanoTime() - Math.max(firstWriteNanos, lastOutputNanos) > OUTPUT_TIMEOUT_NANOS
            && System.nanoTime() - writtenCaptureNanos < OUTPUT_TIMEOUT_NANOS;
        if (overdue) {
            LOG.warn("ffmpeg accepts frames but produces no JPEG; it is restarted");
        }
        return overdue;
    }
}
