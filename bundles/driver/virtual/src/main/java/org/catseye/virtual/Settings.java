package org.catseye.virtual;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;
import org.catseye.virtual.scene.BootDevice;
import org.catseye.virtual.scene.Nvram;

/**
 * A validated configuration.
 *
 * @param width pixels; the same for height
 * @param fps upper limit of frames per second
 * @param jpegQuality 10 to 100
 * @param nvram the firmware's initial settings
 * @param postMillis length of the power-on test
 */
record Settings(int width, int height, int fps, int jpegQuality, Nvram nvram, int postMillis) {

    /** Used without a configuration. */
    static final Settings DEFAULTS = new Settings(1280, 720, 30, 85,
        Nvram.DEFAULTS.withBootMenu(false).withFirstDevice(BootDevice.CONSOLE), 3000);

    /**
     * Reads component properties; a missing one has its default.
     *
     * @throws BadValueException with PID, key, value and a description of valid values
     */
    static Settings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(VirtualTargetConfig.PID, properties);
        options.readTargetId();
        String size = options.readMatchingText("size", "1280x720", "1280x720|1920x1080", "1280x720 or 1920x1080");
        int fps = options.readNumber("fps", 30, 1, 60);
        int quality = options.readNumber("jpegQuality", 85, 10, 100);
        String bootTo = options.readMatchingText("bootTo", "console", "console|desktop|menu", "console, desktop or menu");
        Nvram nvram = Nvram.DEFAULTS.withBootMenu(bootTo.equals("menu"))
            .withFirstDevice(bootTo.equals("desktop") ? BootDevice.DESKTOP : BootDevice.CONSOLE);
        int cross = size.indexOf('x');
        return new Settings(Integer.parseInt(size.substring(0, cross)), Integer.parseInt(size.substring(cross + 1)), fps, quality,
            nvram, options.readNumber("postMillis", 3000, 0, 60_000));
    }
}
