package org.catseye.core.video.capture;

import java.nio.ByteBuffer;
import org.catseye.core.video.memory.FrameBuffer;
import org.catseye.video.spi.Slot;

/** A buffer that is lent to a driver for one frame. Belongs to the thread that acquired it, until the call of the driver has ended. */
final class LentSlot implements Slot {

    private final FrameBuffer buffer;
    private final LentSlots all;
    private boolean returned;

    LentSlot(FrameBuffer buffer, LentSlots all) {
        this.buffer = buffer;
        this.all = all;
    }

    @Override
    public ByteBuffer buffer() {
        return buffer.writableBytes();
    }

    /** Bytes of the memory. */
    int capacity() {
        return buffer.capacity();
    }

    @Override
    public void close() {
        FrameBuffer taken = takeBuffer();
        if (taken != null) {
            taken.releaseReference();
        }
    }

    /** The buffer with its reference. Null if the slot was published or closed before: an Optional would be garbage for each frame. */
    synchronized FrameBuffer takeBuffer() {
        if (returned) {
            return null;
        }
        returned = true;
        all.removeSlot(this);
        return buffer;
    }
}
