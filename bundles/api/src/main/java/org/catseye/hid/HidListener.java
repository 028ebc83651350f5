package org.catseye.hid;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives changes of a target's keyboard lights and connection state. Called on threads of the hub or the device.
 * Implementations must not block or throw.
 */
@ConsumerType
public interface HidListener {

    /** The keyboard lights changed. */
    void onLedsChanged(Leds leds);

    /** The connection state changed. */
    void onStateChanged(HidState state);
}
