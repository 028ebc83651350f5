package org.catseye.virtual.target;

import java.util.List;
import java.util.Map;
import org.catseye.virtual.target.scene.BootDevice;
import org.catseye.virtual.target.scene.Nvram;

/**
 * The configuration, checked.
 *
 * @param width pixels; the same for height
 * @param fps most frames per second
 * @param jpegQuality 10 to 100
 * @param nvram the firmware's settings at first
 * @param postMillis length of the power-on test
 */
record Settings(int width, int height, int fps, int jpegQuality, Nvram nvram, int postMillis) {

    /**
     * Reads component properties; what is absent has its default.
     *
     * @throws IllegalArgumentException naming PID, key, value and what would be right
     */
    static Settings of(Map<String, Object> properties) {
        Reader reader = new Reader(properties);
        String size = reader.choice("size", "1280x720", "1920x1080");
        int fps = reader.number("fps", 30, 1, 60);
        int quality = reader.number("jpegQuality", 85, 10, 100);
        String bootTo = reader.choice("bootTo", "console", "desktop", "menu");
        Nvram nvram = Nvram.DEFAULTS.withBootMenu(bootTo.equals("menu"))
            .bootingFirst(bootTo.equals("desktop") ? BootDevice.DESKTOP : BootDevice.CONSOLE);
        int cross = size.indexOf('x');
        return new Settings(Integer.parseInt(size.substring(0, cross)), Integer.parseInt(size.substring(cross + 1)), fps, quality,
            nvram, reader.number("postMillis", 3000, 0, 60_000));
    }

    private record Reader(Map<String, Object> properties) {

        String choice(String key, String... allowed) {
            String value = String.valueOf(properties.getOrDefault(key, allowed[0])).trim();
            if (!List.of(allowed).contains(value)) {
                throw wrong(key, value, "must be " + String.join(" or ", allowed));
            }
            return value;
        }

        int number(String key, int otherwise, int min, int max) {
            String value = String.valueOf(properties.getOrDefault(key, otherwise)).trim();
            try {
                int number = Integer.parseInt(value);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below, in the words for a number out of range: the mend is the same.
            }
            throw wrong(key, value, "must be " + min + ".." + max);
        }

        private IllegalArgumentException wrong(String key, String value, String right) {
            Object pid = properties.getOrDefault("service.pid", VirtualTargetConfig.PID);
            return new IllegalArgumentException("configuration " + pid + ": " + key + " = " + value + ": " + right);
        }
    }
}
