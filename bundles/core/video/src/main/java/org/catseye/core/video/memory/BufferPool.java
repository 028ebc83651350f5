package org.catseye.core.video.memory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Direct buffers of one hub, made when needed within a limit of bytes, lent and taken back. Thread-safe; no method waits.
 * Among buffers of equal size the one that was returned last is lent first, because its memory is still in the cache.
 */
public final class BufferPool {

    /** Capacities are multiples of this, with an eighth to spare, so that frames of varying size find a buffer that fits. */
    private static final int STEP_BYTES = 16 * 1024;

    private final long maxBytes;
    private final int maxFrameBytes;
    private final MemoryBudget budget;
    /** Guarded by this, as are {@link #allocated} and {@link #closed}. */
    private final List<FrameBuffer> free = new ArrayList<>();
    private long allocated;
    private boolean closed;

    /**
     * @param maxBytes limit for all buffers together
     * @param maxFrameBytes limit for one frame
     * @param budget where the memory comes from; shared with other pools
     */
    public BufferPool(long maxBytes, int maxFrameBytes, MemoryBudget budget) {
        this.maxBytes = maxBytes;
        this.maxFrameBytes = maxFrameBytes;
        this.budget = budget;
    }

    /** A buffer for a frame of that many bytes with one reference held, or null if none is available. */
    public synchronized FrameBuffer acquireBuffer(int bytes) {
        if (bytes < 1 || bytes > maxFrameBytes) {
            return null;
        }
        int best = indexOfBestFit(bytes);
        FrameBuffer buffer = best >= 0 ? free.remove(best) : createBuffer(capacityFor(bytes));
        if (buffer != null) {
            buffer.prepareForWriting(bytes);
        }
        return buffer;
    }

    /** One sentence for the user: why there is no buffer for so many bytes, and which setting helps. */
    public synchronized String explainRefusal(int bytes) {
        if (bytes > maxFrameBytes) {
            return "A frame of " + bytes / 1024 + " KiB is beyond the limit of " + toMebibytes(maxFrameBytes) + " MiB (largestFrameMebibytes in "
                + MemoryConfig.PID + ").";
        }
        return allocated + capacityFor(bytes) > maxBytes
            ? "There is no memory left for pictures of this target: all " + toMebibytes(maxBytes) + " MiB are in use (poolMebibytes in "
                + MemoryConfig.PID + ")."
            : "There is no memory left for pictures: those of all targets take " + toMebibytes(budget.allocatedBytes()) + " of "
                + toMebibytes(budget.maxBytes()) + " MiB (totalMebibytes in " + MemoryConfig.PID
                + "). Use fewer targets, or give them less memory each.";
    }

    /** Frees all buffers; those that are lent are freed when they come back. A frame that is held stays valid until it is closed. */
    public synchronized void closePool() {
        releaseFreeBuffers();
        closed = true;
    }

    /** Frees the buffers that are not lent, after a device with another frame size was disconnected. */
    public synchronized void releaseFreeBuffers() {
        free.forEach(this::releaseMemory);
        free.clear();
    }

    synchronized void takeBack(FrameBuffer buffer) {
        free.add(buffer);
        if (closed) {
            releaseFreeBuffers();
        }
    }

    /** Bytes of all buffers, free and lent. */
    public synchronized long allocatedBytes() {
        return allocated;
    }

    public synchronized int freeBufferCount() {
        return free.size();
    }

    private FrameBuffer createBuffer(int capacity) {
        makeRoom(capacity);
        if (allocated + capacity > maxBytes) {
            return null;
        }
        ByteBuffer memory = budget.allocateBuffer(capacity);
        if (memory == null && !free.isEmpty()) {
            // The free buffers here are too small; without them this pool or another one may get what it needs.
            releaseFreeBuffers();
            memory = budget.allocateBuffer(capacity);
        }
        if (memory == null) {
            return null;
        }
        allocated += capacity;
        return new FrameBuffer(this, memory);
    }

    /**
     * The index of the smallest free buffer that is large enough, the one returned last among equals; -1 if there is none. The
     * smallest, because a group of pictures has many small frames and a large one, which must not find its buffer taken.
     */
    private int indexOfBestFit(int bytes) {
        int best = -1;
        for (int i = free.size() - 1; i >= 0; i--) {
            int capacity = free.get(i).capacity();
            if (capacity >= bytes && (best < 0 || capacity < free.get(best).capacity())) {
                best = i;
            }
        }
        return best;
    }

    /** The free buffers are too small at this point: frees as many as are in the way of one of {@code capacity}. */
    private void makeRoom(int capacity) {
        while (!free.isEmpty() && allocated + capacity > maxBytes) {
            releaseMemory(free.remove(0));
        }
    }

    private void releaseMemory(FrameBuffer buffer) {
        allocated -= buffer.capacity();
        budget.giveBack(buffer.capacity());
    }

    private int capacityFor(int bytes) {
        long roomy = bytes + bytes / 8L;
        return (int) Math.min((roomy + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES, Math.max(bytes, maxFrameBytes));
    }

    private static long toMebibytes(long bytes) {
        return bytes >> 20;
    }
}
