package org.catseye.core.video.hub;

/** Where a hub's pictures come from, as far as the hub needs it. Thread-safe; no method blocks. */
public interface Source {

    /** The number of viewers changed: a driver that rests looks again. */
    void wakeDriver();

    /** A viewer cannot go on without a key frame. */
    void requestKeyFrame();
}
