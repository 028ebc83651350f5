package org.catseye.jpeg.ffmpeg;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
 * Writes the source's access units to a child, each when the one before is written: there is no queue. Ends the child when it is to
 * stop, when the picture has another size, and when frames go in but no JPEG comes out.
 */
final class Feeder implements FrameListener, AutoCloseable {

    /** A decoder knows a frame's end by the next one's beginning: this one (an access unit delimiter) comes at once. */
    private static final byte[] DELIMITER = {0, 0, 0, 1, 9, (byte) 0xf0};
    private static final long LOOK_MILLIS = 200;
    private static final long NO_OUTPUT_NANOS = 10_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);

    private final Child child;
    private final CaptureContext context;
    private final Semaphore frames = new Semaphore(0);
    private final byte[] chunk = new byte[64 * 1024];
    private final Subscription subscription;
    private final Thread thread;
    private volatile long fedNanos;
    private volatile long cameNanos = System.nanoTime();
    private volatile boolean otherFormat;
    private volatile boolean closed;
    private long firstFed;

    Feeder(VideoHub source, Child child, CaptureContext context) {
        this.child = child;
        this.context = context;
        this.subscription = source.subscribe(this, EnumSet.of(Codec.H264));
        this.thread = new Thread(this::run, "jpeg-ffmpeg-feed");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void onFrameAvailable() {
        if (frames.availablePermits() == 0) {
            frames.release();
        }
    }

    /** When the picture that was written last was taken. */
    long fedNanos() {
        return fedNanos;
    }

    /** A JPEG came out. */
    void came() {
        cameNanos = System.nanoTime();
    }

    /** Whether it ended because the picture has another size. */
    boolean otherFormat() {
        return otherFormat;
    }

    @Override
    public void close() {
        closed = true;
        subscription.close();
        child.end();
        frames.release();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            feed();
        } catch (IOException e) {
            LOG.debug("ffmpeg takes nothing any more: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            child.end();
        }
    }

    private void feed() throws IOException, InterruptedException {
        OutputStream out = child.input();
        VideoFormat format = null;
        while (!closed && !context.isStopped() && !silent()) {
            Optional<Frame> next = subscription.nextFrame();
            if (next.isEmpty()) {
                frames.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                continue;
            }
            try (Frame frame = next.get()) {
                if (format != null && !format.equals(frame.format())) {
                    otherFormat = true;
                    return;
                }
                format = frame.format();
                write(frame, out);
            }
        }
    }

    private void write(Frame frame, OutputStream out) throws IOException {
        fedNanos = frame.capturedNanos();
        firstFed = firstFed == 0 ? System.nanoTime() : firstFed;
        ByteBuffer data = frame.encodedBytes().duplicate();
        while (data.hasRemaining()) {
            int count = Math.min(chunk.length, data.remaining());
            data.get(chunk, 0, count);
            out.write(chunk, 0, count);
        }
        out.write(DELIMITER);
        out.flush();
    }

    private boolean silent() {
        boolean silent = firstFed != 0 && System.nanoTime() - Math.max(firstFed, cameNanos) > NO_OUTPUT_NANOS
            && System.nanoTime() - fedNanos < NO_OUTPUT_NANOS;
        if (silent) {
            LOG.warn("ffmpeg takes frames but gives no JPEG; it is started anew");
        }
        return silent;
    }
}
