package org.catseye.video;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives notifications for one viewer. Called on threads of the hub, {@link #onFrameAvailable()} on the capture thread itself.
 * Implementations must not block or throw. A viewer that is busy ignores the notification and calls
 * {@link Subscription#nextFrame()} when it is ready.
 */
@ConsumerType
public interface FrameListener {

    /** A frame is available that {@link Subscription#nextFrame()} has not returned yet. */
    void onFrameAvailable();

    /**
     * The state of the video changed.
     *
     * @param state the latest state
     */
    default void onStateChanged(VideoState state) {
    }

    /** The hub has stopped. No further frames arrive, and {@link Subscription#nextFrame()} always returns empty. */
    default void onHubClosed() {
    }
}
