package org.catseye.video;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A viewer's ear. Both methods come on threads of the hub, {@link #onFrameAvailable()} on the capture thread itself: they must neither
 * block nor throw. Whoever is busy ignores the call and asks {@link Subscription#nextFrame()} when it is done.
 */
@ConsumerType
public interface FrameListener {

    /** There is a frame that {@link Subscription#nextFrame()} has not given out yet. */
    void onFrameAvailable();

    /** The state of the video changed; {@code state} is the newest. */
    default void onStateChanged(VideoState state) {
    }

    /** The hub ends: no further frame comes, {@link Subscription#nextFrame()} gives nothing any more. */
    default void onHubClosed() {
    }
}
