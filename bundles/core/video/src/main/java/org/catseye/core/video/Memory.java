package org.catseye.core.video;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Direct memory for the pictures of all targets together: the JVM's limit is one for all, and whatever else needs direct memory
 * (every socket does) must find some. Thread-safe; nobody ever waits.
 */
final class Memory {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /** @param most bytes */
    Memory(long most) {
        this.most = most;
    }

    /** A direct buffer, or null if there is no memory for it. */
    ByteBuffer take(int bytes) {
        if (taken.addAndGet(bytes) > most) {
            taken.addAndGet(-bytes);
            return null;
        }
        try {
            return ByteBuffer.allocateDirect(bytes);
        } catch (OutOfMemoryError e) {
            // The JVM's own limit, lower than ours: somebody else took it. The heap is as good as before.
            taken.addAndGet(-bytes);
            return null;
        }
    }

    /** Bytes that were taken and are let go of. */
    void release(long bytes) {
        taken.addAndGet(-bytes);
    }

    long most() {
        return most;
    }

    long taken() {
        return taken.get();
    }
}
