package org.catseye.video.spi;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** A buffer of the hub, lent to a driver for one frame. Only the thread that acquired it may use it. */
@ProviderType
public interface Slot extends AutoCloseable {

    /** A direct, writable buffer with position 0 and at least the requested size as its limit. Its content is undefined. */
    ByteBuffer buffer();

    /** Returns the buffer without publishing it. Has no effect after the slot was published or closed. */
    @Override
    void close();
}
