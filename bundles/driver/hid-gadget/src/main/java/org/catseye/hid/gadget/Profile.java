package org.catseye.hid.gadget;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.catseye.hid.HidState.Feature;

/** What the target is shown. The keyboard is always the first interface: some firmware looks at no other. */
enum Profile {

    /** For operating systems: everything. */
    FULL("full", 0x0110, List.of(
            keyboard(Descriptors.KEYBOARD),
            new HidFunction(Role.POINTER, 0, 0, 7, Descriptors.POINTER),
            new HidFunction(Role.MOUSE, 2, 1, 5, Descriptors.MOUSE),
            new HidFunction(Role.CONSUMER, 0, 0, 2, Descriptors.CONSUMER))),

    /** For firmware: what the boot protocol knows, and nothing that it could stumble over. */
    BOOT("boot", 0x0120, List.of(
            keyboard(Descriptors.KEYBOARD),
            new HidFunction(Role.MOUSE, 2, 1, 4, Descriptors.BOOT_MOUSE))),

    /** For firmware that refuses composite devices: the plainest keyboard there is. */
    KEYBOARD_ONLY("keyboard-only", 0x0130, List.of(keyboard(Descriptors.KEYBOARD_101)));

    private final String word;
    private final int version;
    private final List<HidFunction> functions;

    Profile(String word, int version, List<HidFunction> functions) {
        this.word = word;
        this.version = version;
        this.functions = functions;
    }

    /** As in the configuration and on the helper's command line. */
    String word() {
        return word;
    }

    /** bcdDevice, in binary coded decimal; the last digit is left for functions of others. */
    int version() {
        return version;
    }

    List<HidFunction> functions() {
        return functions;
    }

    Set<Feature> features() {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        functions.forEach(function -> features.addAll(function.role().features));
        return Set.copyOf(features);
    }

    /** The highest keyboard usage that the descriptor admits; hosts take others for nothing. */
    int lastKey() {
        return this == KEYBOARD_ONLY ? 0x65 : 0xff;
    }

    /** @throws IllegalArgumentException naming what there is */
    static Profile of(String word) {
        for (Profile profile : values()) {
            if (profile.word.equals(word)) {
                return profile;
            }
        }
        throw new IllegalArgumentException("full, boot or keyboard-only");
    }

    private static HidFunction keyboard(String descriptor) {
        return new HidFunction(Role.KEYBOARD, 1, 1, 8, descriptor);
    }
}
