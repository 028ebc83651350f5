package org.catseye.hid.gadget.descriptor;

import java.util.Locale;
import java.util.Set;
import org.catseye.hid.HidState.Feature;

/** The role of a HID function. The kernel supports four functions in all (HIDG_MINORS in f_hid.c). */
public enum Role {
    KEYBOARD(Feature.KEYBOARD, Feature.LEDS),
    POINTER(Feature.ABSOLUTE_POINTER),
    MOUSE(Feature.RELATIVE_POINTER),
    /** Media keys, and the power keys of the system control. */
    CONSUMER(Feature.CONSUMER, Feature.SYSTEM);

    private final Set<Feature> supportedFeatures;

    Role(Feature... features) {
        this.supportedFeatures = Set.of(features);
    }

    Set<Feature> supportedFeatures() {
        return supportedFeatures;
    }

    /** Lower-case name, for messages and links. */
    public String roleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The function's folder in configfs, such as {@code hid.keyboard}. */
    public String functionName() {
        return "hid." + roleName();
    }
}
