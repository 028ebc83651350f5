package org.catseye.core.video.memory;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.catseye.video.VideoFormat;

/**
 * One pooled frame buffer and the description of the frame in it. Counted by reference: at 0 it returns to its pool. The capture
 * thread writes the description before the frame is published under the ring's lock, which makes it visible to other threads.
 */
public final class FrameBuffer {

    private static final AtomicIntegerFieldUpdater<FrameBuffer> REFERENCES =
            AtomicIntegerFieldUpdater.newUpdater(FrameBuffer.class, "references");

    private final BufferPool pool;
    private final ByteBuffer bytes;
    private final ByteBuffer view;
    private volatile int references;
    private VideoFormat format;
    private long sequence;
    private long capturedNanos;
    private boolean keyFrame;

    FrameBuffer(BufferPool pool, ByteBuffer bytes) {
        this.pool = pool;
        this.bytes = bytes;
        this.view = bytes.asReadOnlyBuffer();
    }

    /** Called by the pool: one reference, no content, room for {@code limit} bytes. */
    void prepareForWriting(int limit) {
        references = 1;
        bytes.clear().limit(limit);
    }

    /** Describes the frame whose bytes were written from 0 to the position of {@link #writableBytes()}. */
    public void describeFrame(VideoFormat ofFormat, boolean isKeyFrame, long nanos, long number) {
        format = ofFormat;
        keyFrame = isKeyFrame;
        capturedNanos = nanos;
        sequence = number;
        view.clear().limit(bytes.position());
    }

    /** Adds a reference. Only a holder of one may. */
    public void retainReference() {
        REFERENCES.incrementAndGet(this);
    }

    /** Gives up a reference. */
    public void releaseReference() {
        if (REFERENCES.decrementAndGet(this) == 0) {
            pool.takeBack(this);
        }
    }

    public int capacity() {
        return bytes.capacity();
    }

    /** For the driver: direct, position 0, limited to the size that was asked for. */
    public ByteBuffer writableBytes() {
        return bytes;
    }

    /** For receivers: read-only, limited to the frame; the same object as long as the buffer exists. */
    public ByteBuffer readableBytes() {
        return view;
    }

    public VideoFormat format() {
        return format;
    }

    public long sequence() {
        return sequence;
    }

    public long capturedNanos() {
        return capturedNanos;
    }

    public boolean isKeyFrame() {
        return keyFrame;
    }
}
