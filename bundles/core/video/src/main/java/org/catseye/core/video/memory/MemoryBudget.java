package org.catseye.core.video.memory;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Direct memory for the pictures of all targets together: the JVM has one limit for all direct memory, and every socket needs some of
 * it too. Thread-safe; no method waits.
 */
public final class MemoryBudget {

    private final long maxBytes;
    private final AtomicLong allocated = new AtomicLong();

    public MemoryBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** A direct buffer, or null if there is no memory for it. */
    ByteBuffer allocateBuffer(int bytes) {
        if (allocated.addAndGet(bytes) > maxBytes) {
            allocated.addAndGet(-bytes);
            return null;
        }
        try {
            return ByteBuffer.allocateDirect(bytes);
        } catch (OutOfMemoryError e) {
            // The JVM's own limit is lower than ours and others have used it up. The heap is not affected.
            allocated.addAndGet(-bytes);
            return null;
        }
    }

    /** Returns bytes that were allocated and are no longer used. */
    void giveBack(long bytes) {
        allocated.addAndGet(-bytes);
    }

    long maxBytes() {
        return maxBytes;
    }

    long allocatedBytes() {
        return allocated.get();
    }
}
