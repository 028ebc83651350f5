package org.catseye.hid.gadget;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.catseye.config.BadValueException;
import org.catseye.device.Options;
import org.catseye.hid.gadget.Gadget.Identity;

/**
 * A configuration that was looked at.
 *
 * @param controller name of the controller to use; empty for the first
 */
record Settings(Gadget gadget, String controller) {

    private static final int LONGEST_STRING = 126;
    private static final String NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,39}";
    private static final String NAME_RIGHT = "up to 40 letters, digits, dots, dashes and underscores, not beginning with a dot";

    /** @throws BadValueException with PID, key, value and what would be right */
    static Settings of(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(Config.PID, properties);
        options.target();
        String words = Arrays.stream(Profile.values()).map(Profile::word).collect(Collectors.joining("|"));
        Profile profile = Profile.of(options.matching("profile", "full", words, "full, boot or keyboard-only"));
        Identity identity = new Identity(id(options, "vendorId", "0x1d6b"), id(options, "productId", "0x0104"),
                string(options, "manufacturer", "Catseye"), string(options, "product", "Catseye keyboard and mouse"), string(options, "serial", ""));
        int power = options.number("maxPowerMilliamperes", 250, 2, 500);
        int endpoints = options.number("endpoints", 7, 1, 30);
        return new Settings(new Gadget(options.matching("gadget", "catseye", NAME, NAME_RIGHT), identity, profile, power, endpoints),
                options.matching("controller", "", "|" + NAME, NAME_RIGHT));
    }

    private static int id(Options options, String key, String otherwise) throws BadValueException {
        String text = options.matching(key, otherwise, "(?i)(0x)?[0-9a-f]{1,4}", "four hexadecimal digits, such as 0x1d6b");
        return Integer.parseInt(text.substring(text.toLowerCase(java.util.Locale.ROOT).startsWith("0x") ? 2 : 0), 16);
    }

    private static String string(Options options, String key, String otherwise) throws BadValueException {
        String value = options.text(key, otherwise);
        if (value.length() > LONGEST_STRING || value.chars().anyMatch(Character::isISOControl)) {
            throw options.bad(key, value, "up to " + LONGEST_STRING + " characters on one line");
        }
        return value;
    }
}
