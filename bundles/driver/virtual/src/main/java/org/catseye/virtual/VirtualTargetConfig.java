package org.catseye.virtual;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Configuration of a virtual computer. Without any, there is one computer with the defaults; {@code PID~name} adds more. */
@ObjectClassDefinition(name = "Catseye: virtual target",
    description = "A simulated computer for trying Catseye without hardware: firmware, text console, desktop. A change restarts it,"
        + " but for the frames per second and the JPEG quality.")
@interface VirtualTargetConfig {

    /** The PID is older than the bundle's name; installed devices have files with it. */
    String PID = "org.catseye.virtual.target";

    String DEFAULT_LABEL = "Virtual target";
    String DEFAULT_SIZE = "1280x720";
    String DEFAULT_BOOT_TO = "console";

    /** Limits and default of {@link #fps()}. */
    int MIN_FPS = 1;
    int MAX_FPS = 60;
    int DEFAULT_FPS = 30;

    /** Limits and default of {@link #jpegQuality()}. */
    int MIN_JPEG_QUALITY = 10;
    int MAX_JPEG_QUALITY = 100;
    int DEFAULT_JPEG_QUALITY = 85;

    /** Limit and default of {@link #postMillis()}. */
    int MAX_POST_MILLIS = 60_000;
    int DEFAULT_POST_MILLIS = 3000;

    @AttributeDefinition(name = "Target", description = "Id of the target that shows this screen.")
    String kvm_target() default "default";

    @AttributeDefinition(name = "Label", description = "Name of the computer in lists.")
    String kvm_label() default DEFAULT_LABEL;

    @AttributeDefinition(name = "Screen size", options = {@Option(label = "1280 x 720", value = "1280x720"),
        @Option(label = "1920 x 1080", value = "1920x1080")}, description = "Size of the screen in pixels.")
    String size() default DEFAULT_SIZE;

    @AttributeDefinition(name = "Frames per second", min = "" + MIN_FPS, max = "" + MAX_FPS,
        description = "Upper limit while the picture changes, " + MIN_FPS + " to " + MAX_FPS + ". An unchanged picture is not sent again.")
    int fps() default DEFAULT_FPS;

    @AttributeDefinition(name = "JPEG quality", min = "" + MIN_JPEG_QUALITY, max = "" + MAX_JPEG_QUALITY,
        description = MIN_JPEG_QUALITY + " (small) to " + MAX_JPEG_QUALITY + " (fine), on the scale of most JPEG programs.")
    int jpegQuality() default DEFAULT_JPEG_QUALITY;

    @AttributeDefinition(name = "Boots to", options = {@Option(label = "Text console", value = "console"),
        @Option(label = "Desktop", value = "desktop"), @Option(label = "Boot menu", value = "menu")},
        description = "What the computer starts after power-on, until its own setup utility changes it.")
    String bootTo() default DEFAULT_BOOT_TO;

    @AttributeDefinition(name = "Length of POST", min = "0", max = "" + MAX_POST_MILLIS,
        description = "Milliseconds of the power-on test, during which F2 and F12 can be pressed; 0 to " + MAX_POST_MILLIS + ".")
    int postMillis() default DEFAULT_POST_MILLIS;
}
