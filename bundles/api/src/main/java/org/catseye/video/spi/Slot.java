package org.catseye.video.spi;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** A buffer of the hub, lent to a driver for one frame. Belongs to the thread that acquired it. */
@ProviderType
public interface Slot extends AutoCloseable {

    /** Direct and writable, position 0, limit at least what was asked for. Its bytes are undefined. */
    ByteBuffer buffer();

    /** Gives the buffer back unpublished. Without effect after publish or an earlier close. */
    @Override
    void close();
}
