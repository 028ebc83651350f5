package org.catseye.hid.gadget;

import org.catseye.hid.gadget.Gadget.Identity;

/**
 * A configuration that was looked at.
 *
 * @param controller name of the controller to use; empty for the first
 */
record Settings(Gadget gadget, String controller) {

    private static final int LONGEST_STRING = 126;

    /** @throws IllegalArgumentException with PID, key, value and what would be right */
    static Settings of(Config config) {
        Profile profile;
        try {
            profile = Profile.of(config.profile());
        } catch (IllegalArgumentException e) {
            throw wrong("profile", config.profile(), e.getMessage());
        }
        Identity identity = new Identity(id("vendorId", config.vendorId()), id("productId", config.productId()),
                string("manufacturer", config.manufacturer()), string("product", config.product()),
                string("serial", config.serial()));
        int power = within("maxPowerMilliamperes", config.maxPowerMilliamperes(), 2, 500);
        int endpoints = within("endpoints", config.endpoints(), 1, 30);
        return new Settings(new Gadget(name("gadget", config.gadget()), identity, profile, power, endpoints),
                config.controller().isEmpty() ? "" : name("controller", config.controller()));
    }

    private static int id(String key, String value) {
        String text = value.strip().toLowerCase(java.util.Locale.ROOT);
        if (!text.matches("(0x)?[0-9a-f]{1,4}")) {
            throw wrong(key, value, "four hexadecimal digits, such as 0x1d6b");
        }
        return Integer.parseInt(text.startsWith("0x") ? text.substring(2) : text, 16);
    }

    private static String string(String key, String value) {
        if (value.length() > LONGEST_STRING || value.chars().anyMatch(Character::isISOControl)) {
            throw wrong(key, value, "up to " + LONGEST_STRING + " characters on one line");
        }
        return value.strip();
    }

    private static String name(String key, String value) {
        if (!value.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,39}")) {
            throw wrong(key, value, "up to 40 letters, digits, dots, dashes and underscores, not beginning with a dot");
        }
        return value;
    }

    private static int within(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw wrong(key, value, least + " to " + most);
        }
        return value;
    }

    private static IllegalArgumentException wrong(String key, Object value, String right) {
        return new IllegalArgumentException("configuration " + Config.PID + ": " + key + " = \"" + value + "\": must be " + right);
    }
}
