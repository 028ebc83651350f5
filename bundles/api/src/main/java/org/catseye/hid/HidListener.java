package org.catseye.hid;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears what the target says back. Methods come on threads of the hub or the device; they must not block or throw. */
@ConsumerType
public interface HidListener {

    void onLedsChanged(Leds leds);

    void onStateChanged(HidState state);
}
