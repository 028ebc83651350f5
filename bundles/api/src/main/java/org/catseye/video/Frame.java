package org.catseye.video;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A receiver's handle on a frame in a buffer of the hub. The bytes do not change until this handle is closed; after that the hub
 * may reuse the buffer. Not thread-safe: only one thread at a time may use a handle.
 */
@ProviderType
public interface Frame extends AutoCloseable {

    /** The encoding and picture size. */
    VideoFormat format();

    /**
     * The encoded bytes: a direct, read-only buffer with position 0 and the number of bytes as its limit. All receivers of the
     * frame share it. Never change its position or limit; use a {@code duplicate()} instead. The hub returns the same buffer
     * object each time it reuses the memory, so a receiver may cache one duplicate per object.
     */
    ByteBuffer encodedBytes();

    /**
     * The sequence number. Increases by one with each frame that the hub publishes, across devices. The low 32 bits are sent to
     * the browser.
     */
    long sequence();

    /** Whether the sequence number is this receiver's own, because it has changed its quality. Others may see another number. */
    default boolean isRenumbered() {
        return false;
    }

    /** When the picture was captured, in nanoseconds of {@link System#nanoTime()} (CLOCK_MONOTONIC on Linux). */
    long capturedNanos();

    /** Whether a decoder can start with this frame. Always true for JPEG, and never for a drawing. */
    boolean isKeyFrame();

    /** Creates another handle on the same frame. It must be closed separately. */
    Frame retain();

    /** Returns the frame to the hub. Calling it again has no effect. Never blocks or throws. */
    @Override
    void close();
}
