package org.catseye.hid;

import java.util.Set;

/**
 * Whether keyboard and pointer input reaches the target.
 *
 * @param condition the state, for programs
 * @param reason one sentence for the user
 * @param features the features of the active device; empty when ABSENT
 */
public record HidState(Condition condition, String reason, Set<Feature> features) {

    public HidState {
        features = Set.copyOf(features);
    }

    /** Whether input can be expected to arrive. */
    public enum Condition {
        /** The target accepts reports. */
        READY,
        /**
         * A device is present, but the target does not accept reports (powered off, asleep or unplugged). Held keys and buttons
         * are kept and sent when the target is back.
         */
        OFFLINE,
        /** No device is available for the target. */
        ABSENT
    }

    /** A function that a HID device can support. */
    public enum Feature { KEYBOARD, ABSOLUTE_POINTER, RELATIVE_POINTER, CONSUMER, SYSTEM, LEDS }
}
