package org.catseye.hid.gadget;

import java.util.Locale;
import java.util.Set;
import org.catseye.hid.HidState.Feature;

/** What a HID function of the gadget is to the target. The kernel has room for four in all (HIDG_MINORS of f_hid.c). */
enum Role {
    KEYBOARD(Feature.KEYBOARD, Feature.LEDS),
    POINTER(Feature.ABSOLUTE_POINTER),
    MOUSE(Feature.RELATIVE_POINTER),
    CONSUMER(Feature.CONSUMER);

    final Set<Feature> features;

    Role(Feature... features) {
        this.features = Set.of(features);
    }

    /** As in {@code hid.keyboard}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The function's folder in configfs. */
    String function() {
        return "hid." + word();
    }
}
