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
    static final Settings DEFAULTS = new Settings(1280, 720, VirtualTargetConfig.DEFAULT_FPS, VirtualTargetConfig.DEFAULT_JPEG_QUALITY,
        Nvram.DEFAULTS.withBootMenu(false).withFirstDevice(BootDevice.CONSOLE), VirtualTargetConfig.DEFAULT_POST_MILLIS);

    /**
     * Reads component properties; a missing one has its default.
     *
     * @throws BadValueException with PID, key, value and a description of valid values
     */
    static Settings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(VirtualTargetConfig.PID, properties);
        options.readTargetId();
        String size = options.readMatchingText("size", VirtualTargetConfig.DEFAULT_SIZE, "1280x720|1920x1080", "1280x720 or 1920x1080");
        int fps = options.readNumber("fps", VirtualTargetConfig.DEFAULT_FPS, VirtualTargetConfig.MIN_FPS, VirtualTargetConfig.MAX_FPS);
        int quality = options.readNumber("jpegQuality", VirtualTargetConfig.DEFAULT_JPEG_QUALITY, VirtualTargetConfig.MIN_JPEG_QUALITY,
            VirtualTargetConfig.MAX_JPEG_QUALITY);
        String bootTo = options.readMatchingText("bootTo", VirtualTargetConfig.DEFAULT_BOOT_TO, "console|desktop|menu",
            "console, desktop or menu");
        Nvram nvram = Nvram.DEFAULTS.withBootMenu(bootTo.equals("menu"))
            .withFirstDevice(bootTo.equals("desktop") ? BootDevice.DESKTOP : BootDevice.CONSOLE);
        int cross = size.indexOf('x');
        return new Settings(Integer.parseInt(size.substring(0, cross)), Integer.parseInt(size.substring(cross + 1)), fps, quality,
            nvram, options.readNumber("postMillis", VirtualTargetConfig.DEFAULT_POST_MILLIS, 0, VirtualTargetConfig.MAX_POST_MILLIS));
    }
}
