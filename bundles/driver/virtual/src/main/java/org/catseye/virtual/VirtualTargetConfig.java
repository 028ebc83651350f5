package org.catseye.virtual;

import org.osgi.service.component.annotations.ComponentPropertyType;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Configuration of a pretend computer. Without any there is one, with the defaults; several come from {@code PID~name}. */
@ComponentPropertyType
@ObjectClassDefinition(name = "Catseye: virtual target",
    description = "A pretend computer to try things out with: firmware, text console, desktop. A change starts it anew.")
@interface VirtualTargetConfig {

    /** Kept from before the bundle was renamed: files on devices carry it. */
    String PID = "org.catseye.virtual.target";

    @AttributeDefinition(name = "Target", description = "Id of the target whose screen and keyboard this is.")
    String kvm_target() default "default";

    @AttributeDefinition(name = "Label", description = "Name that people see.")
    String kvm_label() default "Virtual target";

    @AttributeDefinition(name = "Screen size", options = {@Option(label = "1280 x 720", value = "1280x720"),
        @Option(label = "1920 x 1080", value = "1920x1080")}, description = "Pixels of its screen.")
    String size() default "1280x720";

    @AttributeDefinition(name = "Frames per second", min = "1", max = "60",
        description = "Most pictures per second while something moves, 1 to 60. While nothing moves it sends none.")
    int fps() default 30;

    @AttributeDefinition(name = "JPEG quality", min = "10", max = "100",
        description = "10 (small) to 100 (fine), on the scale of most JPEG programs.")
    int jpegQuality() default 85;

    @AttributeDefinition(name = "Boots to", options = {@Option(label = "Text console", value = "console"),
        @Option(label = "Desktop", value = "desktop"), @Option(label = "Boot menu", value = "menu")},
        description = "Where it is after power-on, until its own setup utility says otherwise.")
    String bootTo() default "console";

    @AttributeDefinition(name = "Length of POST", min = "0", max = "60000",
        description = "Milliseconds of its power-on test, in which F2 and F12 can be pressed; 0 to 60000.")
    int postMillis() default 3000;
}
