package org.catseye.video.spi;

/** Why a driver has no picture to give. */
public enum Signal {
    /** The device is not there (unplugged, switched off, not found). */
    NO_DEVICE,
    /** The device is there and being prepared. */
    CONNECTING,
    /** The device is ready, but no usable signal comes in. */
    NO_SIGNAL
}
