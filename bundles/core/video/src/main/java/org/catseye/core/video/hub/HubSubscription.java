package org.catseye.core.video.hub;

import org.catseye.video.Subscription;

/** A subscription that its viewer may leave unused for a while, for one of another hub. */
public interface HubSubscription extends Subscription {

    /**
     * The next frame is the newest JPEG, even if it was taken before, or the first of the current group of pictures. If the group is long, the
     * source is asked for a key frame and the next frame is that. For the thread that takes frames.
     */
    void restart();
}
