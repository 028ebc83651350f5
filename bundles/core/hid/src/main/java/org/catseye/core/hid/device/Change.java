package org.catseye.core.hid.device;

import org.catseye.hid.Leds;

/** What a device reports about the remote computer. */
public sealed interface Change {

    /** The remote computer takes reports. */
    record Ready(String reason) implements Change {
    }

    /** The remote computer takes no reports. */
    record Offline(String reason) implements Change {
    }

    /** The remote computer set its keyboard lights. */
    record LedsChanged(Leds leds) implements Change {
    }
}
