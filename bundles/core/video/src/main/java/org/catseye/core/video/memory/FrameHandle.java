package org.catseye.core.video.memory;

import java.nio.ByteBuffer;
import org.catseye.video.Frame;
import org.catseye.video.VideoFormat;

/** One receiver's reference to a {@link FrameBuffer}. */
public final class FrameHandle implements Frame {

    private final FrameBuffer buffer;
    private boolean closed;

    /** Takes over one reference, which the caller has retained. */
    public FrameHandle(FrameBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public VideoFormat format() {
        return buffer.format();
    }

    @Override
    public ByteBuffer encodedBytes() {
        return buffer.readableBytes();
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
        return buffer.isKeyFrame();
    }

    @Override
    public Frame retain() {
        if (closed) {
            throw new IllegalStateException("the frame was closed");
        }
        buffer.retainReference();
        return new FrameHandle(buffer);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            buffer.releaseReference();
        }
    }
}
