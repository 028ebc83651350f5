package org.catseye.video;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** One viewer's place at a hub. Thread-safe; one thread at a time may ask for frames. */
@ProviderType
public interface Subscription extends AutoCloseable {

    /**
     * The frame this viewer should send now, or nothing. For JPEG that is the newest one, if it was not given out yet: what
     * came between is skipped. For H.264 it is the next one in order, or, for a viewer that fell off the end of the ring of
     * the current group of pictures, the newest key frame. The caller closes it. Never blocks.
     */
    Optional<Frame> nextFrame();

    /** Asks the source for a key frame soon (a decoder lost its way). Without effect for JPEG. */
    void requestKeyFrame();

    /** Leaves the hub. May be called again without effect, from any thread; frames given out stay valid until closed. */
    @Override
    void close();
}
