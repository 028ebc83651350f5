package org.catseye.jpeg.source;

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
import org.catseye.video.VideoState;
import org.catseye.video.spi.CaptureContext;

/** The newest JPEG of a hub, as a copy: it may be encoded several times. One thread at a time. */
public final class SourcePictures implements FrameListener, AutoCloseable {

    private static final long CHECK_MILLIS = 200;

    private final VideoHub source;
    private final Subscription subscription;
    private final Semaphore arrived = new Semaphore(0);
    private byte[] jpeg = new byte[64 * 1024];
    private int bytes;
    private VideoFormat format;
    private long capturedNanos;

    /** Subscribes to the source; it ends with {@link #close}. */
    public SourcePictures(VideoHub source) {
        this.source = source;
        subscription = source.subscribe(this, EnumSet.of(Codec.JPEG));
    }

    @Override
    public void onFrameAvailable() {
        if (arrived.availablePermits() == 0) {
            arrived.release();
        }
    }

    /** Waits for the first picture. @return false if the context ended before */
    public boolean awaitPicture(CaptureContext context) throws InterruptedException {
        while (format == null && !context.isStopped()) {
            if (!takeNewest()) {
                awaitFrame(CHECK_MILLIS);
            }
        }
        return format != null;
    }

    /** Waits until there may be a new picture. */
    public void awaitFrame(long millis) throws InterruptedException {
        arrived.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }

    /** Takes the newest picture; placeholders are left out. @return whether it differs from the one before */
    public boolean takeNewest() {
        Optional<Frame> next = subscription.nextFrame();
        if (next.isEmpty()) {
            return false;
        }
        try (Frame frame = next.get()) {
            if (source.currentState().condition() != VideoState.Condition.LIVE) {
                return false;
            }
            ByteBuffer data = frame.encodedBytes().duplicate();
            capturedNanos = frame.capturedNanos();
            if (data.remaining() == bytes && data.equals(ByteBuffer.wrap(jpeg, 0, bytes))) {
                return false;
            }
            bytes = data.remaining();
            if (jpeg.length < bytes) {
                jpeg = new byte[bytes * 2];
            }
            data.get(jpeg, 0, bytes);
            format = frame.format();
            return true;
        }
    }

    /** The picture; it begins at 0 and has {@link #bytes()} bytes. Valid until the next one is taken. */
    public byte[] jpeg() {
        return jpeg;
    }

    /** The size of the picture. */
    public int bytes() {
        return bytes;
    }

    /** Null before the first picture. */
    public VideoFormat format() {
        return format;
    }

    /** When the picture was captured, or found to be the same; System.nanoTime. */
    public long capturedNanos() {
        return capturedNanos;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
