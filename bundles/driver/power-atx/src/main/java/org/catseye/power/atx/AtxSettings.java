package org.catseye.power.atx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;

/**
 * A validated configuration.
 *
 * @param chip path of the GPIO controller
 */
record AtxSettings(String chip, OptionalInt powerButton, OptionalInt resetButton, OptionalInt powerLed, OptionalInt diskLed, boolean buttonsActiveLow,
        boolean ledsActiveLow, int pressMillis, int holdMillis) {

    private static final String CHIP_PATTERN = "/dev/[A-Za-z0-9][A-Za-z0-9._/-]{0,99}";

    /** @throws BadValueException with PID, key, value and a description of valid values */
    static AtxSettings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(AtxConfig.PID, properties);
        options.readTargetId();
        Map<String, OptionalInt> lines = new LinkedHashMap<>();
        for (String key : new String[] {"powerButton", "resetButton", "powerLed", "diskLed"}) {
            lines.put(key, readLine(options, key, lines));
        }
        String chip = options.readMatchingText("chip", AtxConfig.DEFAULT_CHIP, CHIP_PATTERN, "a path in /dev, such as /dev/gpiochip0");
        return new AtxSettings(chip, lines.get("powerButton"), lines.get("resetButton"), lines.get("powerLed"), lines.get("diskLed"),
                options.readFlag("buttonsActiveLow", false), options.readFlag("ledsActiveLow", true),
                options.readNumber("pressMillis", AtxConfig.DEFAULT_PRESS_MILLIS, AtxConfig.MIN_PRESS_MILLIS, AtxConfig.MAX_PRESS_MILLIS),
                options.readNumber("holdMillis", AtxConfig.DEFAULT_HOLD_MILLIS, AtxConfig.MIN_HOLD_MILLIS, AtxConfig.MAX_HOLD_MILLIS));
    }

    private static OptionalInt readLine(Options options, String key, Map<String, OptionalInt> others) throws BadValueException {
        int line = options.readNumber(key, AtxConfig.NONE, AtxConfig.NONE, AtxConfig.MAX_LINE);
        if (line == AtxConfig.NONE) {
            return OptionalInt.empty();
        }
        for (Map.Entry<String, OptionalInt> other : others.entrySet()) {
            if (other.getValue().isPresent() && other.getValue().getAsInt() == line) {
                throw options.badValue(key, line, "another line than that of " + other.getKey());
            }
        }
        return OptionalInt.of(line);
    }
}
