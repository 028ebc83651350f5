package org.catseye.video;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One receiver's handle on a frame that lives in a buffer of the hub. The bytes stay as they are until this handle is closed;
 * afterwards the hub may use the buffer again. A handle belongs to one thread at a time.
 */
@ProviderType
public interface Frame extends AutoCloseable {

    VideoFormat format();

    /**
     * The coded bytes: a direct, read-only buffer whose position is 0 and whose limit is the number of bytes. It is shared by
     * all receivers of the frame: never move its position or limit, work on a {@code duplicate()}. The same buffer object
     * comes back whenever the hub uses the memory again, so a receiver may keep one duplicate per object.
     */
    ByteBuffer encodedBytes();

    /** Counts up by one for each frame that the hub published, across devices; the low 32 bits go on the wire. */
    long sequence();

    /** When the picture was taken: {@link System#nanoTime()}, which is CLOCK_MONOTONIC on Linux. */
    long capturedNanos();

    /** Whether a decoder can begin with this frame. Always true for JPEG. */
    boolean isKeyFrame();

    /** Another handle on the same frame, to be closed on its own. */
    Frame retain();

    /** Gives the frame back. May be called again without effect. Never blocks or throws. */
    @Override
    void close();
}
