package org.catseye.core.video.rendition;

import java.nio.ByteBuffer;
import org.catseye.video.Frame;
import org.catseye.video.VideoFormat;

/** A frame with a sequence number for one viewer, whose last frame was another hub's. */
record RenumberedFrame(Frame frame, long sequence) implements Frame {

    @Override
    public VideoFormat format() {
        return frame.format();
    }

    @Override
    public ByteBuffer encodedBytes() {
        return frame.encodedBytes();
    }

    @Override
    public boolean isRenumbered() {
        return true;
    }

    @Override
    public long capturedNanos() {
        return frame.capturedNanos();
    }

    @Override
    public boolean isKeyFrame() {
        return frame.isKeyFrame();
    }

    @Override
    public Frame retain() {
        return new RenumberedFrame(frame.retain(), sequence);
    }

    @Override
    public void close() {
        frame.close();
    }
}
