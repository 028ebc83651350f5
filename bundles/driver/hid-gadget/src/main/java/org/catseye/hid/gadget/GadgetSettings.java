package org.catseye.hid.gadget;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.catseye.config.BadValueException;
import org.catseye.hid.gadget.descriptor.DriveSet;
import org.catseye.hid.gadget.descriptor.Gadget;
import org.catseye.hid.gadget.descriptor.Gadget.Identity;
import org.catseye.hid.gadget.descriptor.Profile;
import org.catseye.options.Options;

/**
 * A validated configuration.
 *
 * @param controller name of the controller to use; empty for the first one
 */
record GadgetSettings(Gadget gadget, String controller) {

    private static final String NAME_PATTERN = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,39}";
    private static final String VALID_NAME = "up to 40 letters, digits, dots, dashes and underscores, not beginning with a dot";

    /** @throws BadValueException with PID, key, value and a description of valid values */
    static GadgetSettings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(GadgetConfig.PID, properties);
        options.readTargetId();
        Profile profile = parseProfile(options);
        DriveSet drives = parseDrives(options, profile);
        Identity identity = new Identity(parseId(options, "vendorId", GadgetConfig.DEFAULT_VENDOR_ID),
                parseId(options, "productId", GadgetConfig.DEFAULT_PRODUCT_ID),
                parseString(options, "manufacturer", GadgetConfig.DEFAULT_MANUFACTURER),
                parseString(options, "product", GadgetConfig.DEFAULT_PRODUCT), parseString(options, "serial", ""));
        int power = options.readNumber("maxPowerMilliamperes", GadgetConfig.DEFAULT_POWER_MILLIAMPERES,
                GadgetConfig.MIN_POWER_MILLIAMPERES, GadgetConfig.MAX_POWER_MILLIAMPERES);
        int endpoints = options.readNumber("endpoints", GadgetConfig.DEFAULT_ENDPOINTS, 1, GadgetConfig.MAX_ENDPOINTS);
        String name = options.readMatchingText("gadget", GadgetConfig.DEFAULT_GADGET, NAME_PATTERN, VALID_NAME);
        return new GadgetSettings(new Gadget(name, identity, profile, drives, power, endpoints),
                options.readMatchingText("controller", "", "|" + NAME_PATTERN, VALID_NAME));
    }

    private static Profile parseProfile(Options options) throws BadValueException {
        String names = Arrays.stream(Profile.values()).map(Profile::configValue).collect(Collectors.joining("|"));
        return Profile.parseProfile(options.readMatchingText("profile", GadgetConfig.DEFAULT_PROFILE, names,
                "full, boot or keyboard-only"));
    }

    private static DriveSet parseDrives(Options options, Profile profile) throws BadValueException {
        String names = Arrays.stream(DriveSet.values()).map(DriveSet::configValue).collect(Collectors.joining("|"));
        String value = options.readMatchingText("drives", GadgetConfig.DEFAULT_DRIVES, GadgetConfig.DEFAULT_DRIVES + "|" + names,
                "auto, none, cd, disk or cd-and-disk");
        return Arrays.stream(DriveSet.values()).filter(set -> set.configValue().equals(value)).findAny().orElse(profile.defaultDrives());
    }

    private static int parseId(Options options, String key, String defaultValue) throws BadValueException {
        String text = options.readMatchingText(key, defaultValue, "(?i)(0x)?[0-9a-f]{1,4}", "four hexadecimal digits, such as 0x1d6b");
        return Integer.parseInt(text.substring(text.toLowerCase(Locale.ROOT).startsWith("0x") ? 2 : 0), 16);
    }

    private static String parseString(Options options, String key, String defaultValue) throws BadValueException {
        String value = options.readText(key, defaultValue);
        if (value.length() > GadgetConfig.MAX_STRING_LENGTH || value.chars().anyMatch(Character::isISOControl)) {
            throw options.badValue(key, value, "up to " + GadgetConfig.MAX_STRING_LENGTH + " characters on one line");
        }
        return value;
    }
}
