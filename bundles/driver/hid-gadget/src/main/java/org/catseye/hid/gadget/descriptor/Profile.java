package org.catseye.hid.gadget.descriptor;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.catseye.hid.HidState.Feature;

/** The set of functions that the remote computer sees. The keyboard is always the first interface: some firmware checks no other. */
public enum Profile {

    /** For operating systems: all functions. */
    FULL("full", 0x0140, List.of(
            bootKeyboard(Descriptors.KEYBOARD),
            new HidFunction(Role.POINTER, 0, 0, 7, Descriptors.POINTER),
            new HidFunction(Role.MOUSE, 2, 1, 5, Descriptors.MOUSE),
            new HidFunction(Role.CONSUMER, 0, 0, 3, Descriptors.CONSUMER))),

    /** For firmware: only what the boot protocol defines. */
    BOOT("boot", 0x0120, List.of(
            bootKeyboard(Descriptors.KEYBOARD),
            new HidFunction(Role.MOUSE, 2, 1, 4, Descriptors.BOOT_MOUSE))),

    /** For firmware that rejects composite devices: a single, basic keyboard. */
    KEYBOARD_ONLY("keyboard-only", 0x0130, List.of(bootKeyboard(Descriptors.KEYBOARD_101)));

    private final String configValue;
    private final int deviceVersion;
    private final List<HidFunction> functions;

    Profile(String configValue, int deviceVersion, List<HidFunction> functions) {
        this.configValue = configValue;
        this.deviceVersion = deviceVersion;
        this.functions = functions;
    }

    /** The profile's name in the configuration and on the helper's command line. */
    public String configValue() {
        return configValue;
    }

    /** bcdDevice, in binary coded decimal; the last digit is reserved for functions that other software adds. */
    int deviceVersion() {
        return deviceVersion;
    }

    /** Functions in the order of their USB interfaces. */
    public List<HidFunction> functions() {
        return functions;
    }

    /** The drives of a device whose settings do not mention them: none with profiles for firmware, some of which hangs at startup. */
    public DriveSet defaultDrives() {
        return this == FULL ? DriveSet.BOTH : DriveSet.NONE;
    }

    public Set<Feature> supportedFeatures() {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        functions.forEach(function -> features.addAll(function.role().supportedFeatures()));
        return Set.copyOf(features);
    }

    /** The highest keyboard usage that the descriptor admits; hosts ignore higher ones. */
    public int highestKeyUsage() {
        return this == KEYBOARD_ONLY ? 0x65 : 0xff;
    }

    /** @throws IllegalArgumentException with the list of valid names */
    public static Profile parseProfile(String configValue) {
        for (Profile profile : values()) {
            if (profile.configValue.equals(configValue)) {
                return profile;
            }
        }
        throw new IllegalArgumentException("full, boot or keyboard-only");
    }

    private static HidFunction bootKeyboard(String descriptor) {
        return new HidFunction(Role.KEYBOARD, 1, 1, 8, descriptor);
    }
}
