package org.catseye.video;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The subscription of one viewer to a hub. Thread-safe, but only one thread at a time may call {@link #nextFrame()}. */
@ProviderType
public interface Subscription extends AutoCloseable {

    /**
     * Returns the next frame to send to this viewer. For JPEG this is the newest frame, unless it was already returned; older
     * ones are skipped. For H.264 and drawings it is the next frame in order. A viewer that falls so far behind that the hub has already
     * discarded frames of the current group of pictures gets the newest key frame instead. Never blocks.
     *
     * @return a frame that the caller must close; empty if there is no new one
     */
    Optional<Frame> nextFrame();

    /** Requests a key frame from the source, for example after a decoder error. Has no effect for JPEG. */
    void requestKeyFrame();

    /**
     * Changes the quality from the next frames on. Frames of a lower quality continue until there is one of the new; after
     * {@link PictureQuality#SHARP} there is none for up to a second, because it might take a slow line longer. Any thread; may wait for
     * another call of this method, but never for a frame.
     */
    default void changeQuality(PictureQuality quality) {
    }

    /** What this viewer gets at the moment. */
    default Delivery currentDelivery() {
        return Delivery.UNCHANGED;
    }

    /**
     * Ends the subscription. Frames that were already returned stay valid until they are closed. Calling it again has no effect.
     * May be called on any thread.
     */
    @Override
    void close();
}
