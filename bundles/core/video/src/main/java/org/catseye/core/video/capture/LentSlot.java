package org.catseye.core.video.capture;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.core.video.memory.FrameBuffer;
import org.catseye.video.spi.Slot;

/** A buffer that is lent to a driver for one frame. Belongs to the thread that acquired it. */
final class LentSlot implements Slot {

    private final FrameBuffer buffer;
    private boolean returned;

    LentSlot(FrameBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public ByteBuffer buffer() {
        return buffer.writableBytes();
    }

    @Override
    public void close() {
        takeBuffer().ifPresent(FrameBuffer::releaseReference);
    }

    /** The buffer with its reference; empty if the slot was published or closed before. */
    Optional<FrameBuffer> takeBuffer() {
        if (returned) {
            return Optional.empty();
        }
        returned = true;
        return Optional.of(buffer);
    }
}
