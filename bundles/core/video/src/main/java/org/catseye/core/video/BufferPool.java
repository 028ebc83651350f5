package org.catseye.core.video;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Direct buffers of one hub, made as needed within a limit of bytes, lent and taken back. Thread-safe; nobody ever waits.
 * Among equals the buffer given back last is lent first, because its memory is still in the cache.
 */
final class BufferPool {

    /** Buffers are made in steps of this size, with an eighth to spare, so that frames of a varying size find one that fits. */
    private static final int STEP = 16 * 1024;

    private final long mostBytes;
    private final int largestFrame;
    /** Guarded by this, as is {@link #allocated}. */
    private final List<Buffer> free = new ArrayList<>();
    private long allocated;

    /**
     * @param mostBytes limit for all buffers together
     * @param largestFrame limit for one frame, in bytes
     */
    BufferPool(long mostBytes, int largestFrame) {
        this.mostBytes = mostBytes;
        this.largestFrame = largestFrame;
    }

    /** A buffer for a frame of that many bytes with one reference held, or null if there is none to be had. */
    synchronized Buffer acquire(int bytes) {
        if (bytes < 1 || bytes > largestFrame) {
            return null;
        }
        int best = fitting(bytes);
        if (best >= 0) {
            Buffer buffer = free.remove(best);
            buffer.lend(bytes);
            return buffer;
        }
        int capacity = capacityFor(bytes);
        forgetFree(capacity);
        if (allocated + capacity > mostBytes) {
            return null;
        }
        allocated += capacity;
        Buffer buffer = new Buffer(this, ByteBuffer.allocateDirect(capacity));
        buffer.lend(bytes);
        return buffer;
    }

    synchronized void release(Buffer buffer) {
        free.add(buffer);
    }

    /** Lets go of the buffers that are free now, after a device with another frame size went away. */
    synchronized void trim() {
        free.forEach(buffer -> allocated -= buffer.capacity());
        free.clear();
    }

    /** Bytes of all buffers, free and lent. */
    synchronized long allocated() {
        return allocated;
    }

    synchronized int freeBuffers() {
        return free.size();
    }

    /**
     * The index of the smallest free buffer that is large enough, the one given back last among equals; -1 if there is none. The
     * smallest, because a group of pictures holds many small frames and one large, which would find its buffer taken.
     */
    private int fitting(int bytes) {
        int best = -1;
        for (int i = free.size() - 1; i >= 0; i--) {
            int capacity = free.get(i).capacity();
            if (capacity >= bytes && (best < 0 || capacity < free.get(best).capacity())) {
                best = i;
            }
        }
        return best;
    }

    /** Free buffers are too small here: drops as many as are in the way of one of {@code capacity}. */
    private void forgetFree(int capacity) {
        while (!free.isEmpty() && allocated + capacity > mostBytes) {
            allocated -= free.remove(0).capacity();
        }
    }

    private int capacityFor(int bytes) {
        long roomy = bytes + bytes / 8L;
        return (int) Math.min((roomy + STEP - 1) / STEP * STEP, Math.max(bytes, largestFrame));
    }
}
