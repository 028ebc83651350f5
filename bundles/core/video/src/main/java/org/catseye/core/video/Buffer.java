package org.catseye.core.video;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.catseye.video.VideoFormat;

/**
 * One pooled frame buffer and the description of the frame in it. Counted by reference: at 0 it goes back to its pool. The
 * description is written by the capture thread before the frame is published under the ring's lock, which makes it visible.
 */
final class Buffer {

    private static final AtomicIntegerFieldUpdater<Buffer> REFERENCES =
            AtomicIntegerFieldUpdater.newUpdater(Buffer.class, "references");

    private final BufferPool pool;
    private final ByteBuffer bytes;
    private final ByteBuffer view;
    private volatile int references;
    private VideoFormat format;
    private long sequence;
    private long capturedNanos;
    private boolean key;

    Buffer(BufferPool pool, ByteBuffer bytes) {
        this.pool = pool;
        this.bytes = bytes;
        this.view = bytes.asReadOnlyBuffer();
    }

    /** Called by the pool: the first reference, an empty buffer. */
    void lend(int limit) {
        references = 1;
        bytes.clear().limit(limit);
    }

    /** Describes what was written from 0 to the position of {@link #bytes}. */
    void describe(VideoFormat ofFormat, boolean isKey, long nanos, long number) {
        format = ofFormat;
        key = isKey;
        capturedNanos = nanos;
        sequence = number;
        view.clear().limit(bytes.position());
    }

    void retain() {
        REFERENCES.incrementAndGet(this);
    }

    void release() {
        if (REFERENCES.decrementAndGet(this) == 0) {
            pool.release(this);
        }
    }

    int capacity() {
        return bytes.capacity();
    }

    /** For the driver to write into. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** For receivers to read; the same object for the life of the buffer. */
    ByteBuffer view() {
        return view;
    }

    VideoFormat format() {
        return format;
    }

    long sequence() {
        return sequence;
    }

    long capturedNanos() {
        return capturedNanos;
    }

    boolean key() {
        return key;
    }
}
