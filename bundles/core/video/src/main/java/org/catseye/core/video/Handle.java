package org.catseye.core.video;

import java.nio.ByteBuffer;
import org.catseye.video.Frame;
import org.catseye.video.VideoFormat;

/** One receiver's reference to a {@link Buffer}. */
final class Handle implements Frame {

    private final Buffer buffer;
    private boolean closed;

    /** Takes over one reference, which the caller has retained. */
    Handle(Buffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public VideoFormat format() {
        return buffer.format();
    }

    @Override
    public ByteBuffer encodedBytes() {
        return buffer.view();
    }

    @Override
    public long sequence() {
        return buffer.sequence();
    }

    @Override
    public long capturedNanos() {
        return buffer.capturedNanos();
    }

    @Override
    public boolean isKeyFrame() {
        return buffer.key();
    }

    @Override
    public Frame retain() {
        if (closed) {
            throw new IllegalStateException("the frame was closed");
        }
        buffer.retain();
        return new Handle(buffer);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            buffer.release();
        }
    }
}
