package org.catseye.hid;

import java.util.Set;

/**
 * Whether keys and pointer reach the target.
 *
 * @param reason one sentence for a person
 * @param features what the device in use can do; empty when ABSENT
 */
public record HidState(Condition condition, String reason, Set<Feature> features) {

    public HidState {
        features = Set.copyOf(features);
    }

    /** For a machine: may I expect my keys to arrive. */
    public enum Condition {
        /** Reports are taken by the target. */
        READY,
        /** A device is there, but the target does not listen (off, asleep, unplugged); the held state is kept for its return. */
        OFFLINE,
        /** No device serves the target. */
        ABSENT
    }

    /** What a HID device can do. */
    public enum Feature { KEYBOARD, ABSOLUTE_POINTER, RELATIVE_POINTER, CONSUMER, SYSTEM, LEDS }
}
