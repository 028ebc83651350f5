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
    private final Memory memory;
    /** Guarded by this, as is {@link #allocated}. */
    private final List<Buffer> free = new ArrayList<>();
    private long allocated;
    private boolean ended;

    /**
     * @param mostBytes limit for all buffers together
     * @param largestFrame limit for one frame, in bytes
     * @param memory where they come from, shared with other pools
     */
    BufferPool(long mostBytes, int largestFrame, Memory memory) {
        this.mostBytes = mostBytes;
        this.largestFrame = largestFrame;
        this.memory = memory;
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
        ByteBuffer taken = memory.take(capacity);
        if (taken == null && !free.isEmpty()) {
            // What is free here is too small: this one, or another pool, may need it.
            trim();
            taken = memory.take(capacity);
        }
        if (taken == null) {
            return null;
        }
        allocated += capacity;
        Buffer buffer = new Buffer(this, taken);
        buffer.lend(bytes);
        return buffer;
    }

    /** Why there is no buffer for so many bytes, with the mend, for people. */
    synchronized String why(int bytes) {
        if (bytes > largestFrame) {
            return "A frame of " + bytes / 1024 + " KiB is beyond the limit of " + mebi(largestFrame) + " MiB (largestFrameMebibytes in " + Config.PID + ").";
        }
        return allocated + capacityFor(bytes) > mostBytes
            ? "There is no memory left for pictures of this target: all " + mebi(mostBytes) + " MiB are in use (poolMebibytes in " + Config.PID + ")."
            : "There is no memory left for pictures: those of all targets take " + mebi(memory.taken()) + " of " + mebi(memory.most())
                + " MiB (totalMebibytes in " + Config.PID + "). Use fewer targets, or give them less memory each.";
    }

    /** The end: nothing is lent any more that would come back. Who still holds a frame keeps it until he closes it. */
    synchronized void end() {
        trim();
        ended = true;
    }

    private static long mebi(long bytes) {
        return bytes >> 20;
    }

    synchronized void release(Buffer buffer) {
        free.add(buffer);
        if (ended) {
            trim();
        }
    }

    /** Lets go of the buffers that are free now, after a device with another frame size went away. */
    synchronized void trim() {
        free.forEach(this::forget);
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
            forget(free.remove(0));
        }
    }

    private void forget(Buffer buffer) {
        allocated -= buffer.capacity();
        memory.release(buffer.capacity());
    }

    private int capacityFor(int bytes) {
        long roomy = bytes + bytes / 8L;
        return (int) Math.min((roomy + STEP - 1) / STEP * STEP, Math.max(bytes, largestFrame));
    }
}
