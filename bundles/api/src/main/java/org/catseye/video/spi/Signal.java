package org.catseye.video.spi;

/** Why a driver currently has no picture. */
public enum Signal {
    /**
     * The device is missing (unplugged, powered off or not found). The hub may use another device of the target in the meantime.
     */
    NO_DEVICE,
    /** The device is present and being prepared. */
    CONNECTING,
    /**
     * The device is ready but receives no usable signal. The hub keeps using this device, so that the user learns that the cable
     * or the computer is the problem.
     */
    NO_SIGNAL,
    /**
     * The live picture is temporarily frozen, because data was lost in transit and decoding can continue only at the next key
     * frame. The hub stays LIVE, keeps the last good picture and shows the reason. If there was no live picture, the effect is
     * the same as {@link #CONNECTING}.
     */
    STALE
}
