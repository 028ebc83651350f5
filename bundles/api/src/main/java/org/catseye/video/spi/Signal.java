package org.catseye.video.spi;

/** Why a driver has no picture to give. */
public enum Signal {
    /** The device is not there (unplugged, switched off, not found). Another device of the target may be used meanwhile. */
    NO_DEVICE,
    /** The device is there and being prepared. */
    CONNECTING,
    /** The device is ready, but no usable signal comes in. It stays in use: the user has to learn about the cable or the computer. */
    NO_SIGNAL,
    /**
     * The live picture stands still for a moment, because something was lost on the way and it can only go on at the next key
     * frame. The hub stays LIVE, keeps the last good picture and tells the reason; where there was no live picture it is as
     * {@link #CONNECTING}.
     */
    STALE
}
