package org.catseye.virtual;

import org.osgi.service.component.annotations.ComponentPropertyType;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Configuration of a virtual computer. Without one, there is one computer with the defaults; {@code PID~name} adds more. */
@ComponentPropertyType
@ObjectClassDefinition(name = "Catseye: virtual target",
    description = "A simulated computer for trying Catseye without hardware: firmware, text console, desktop. A change restarts it.")
@interface VirtualTargetConfig {

    /** The PID is older than the bundle's name; installed devices have files with it. */
    String PID = "org.catseye.virtual.target";

    @AttributeDefinition(name = "Target", description = "Id of the target that shows this screen.")
    String kvm_target() default "default";

    @AttributeDefinition(name = "Label", description = "Name of the computer in lists.")
    String kvm_label() default "Virtual target";

    @AttributeDefinition(name = "Screen size", options = {@Option(label = "1280 x 720", value = "1280x720"),
        @Option(label = "1920 x 1080", value = "1920x1080")}, description = "Size of the screen in pixels.")
    String size() default "1280x720";

    @AttributeDefinition(name = "Frames per second", min = "1", max = "60",
        description = "Upper limit while the picture changes, 1 to 60. An unchanged picture is not sent again.")
    int fps() default 30;

    @AttributeDefinition(name = "JPEG quality", min = "10", max = "100",
        description = "10 (small) to 100 (fine), on the scale of most JPEG programs.")
    int jpegQuality() default 85;

    @AttributeDefinition(name = "Boots to", options = {@Option(label = "Text console", value = "console"),
        @Option(label = "Desktop", value = "desktop"), @Option(label = "Boot menu", value = "menu")},
        description = "What the computer starts after power-on, until its own setup utility changes it.")
    String bootTo() default "console";

    @AttributeDefinition(name = "Length of POST", min = "0", max = "60000",
        description = "Milliseconds of the power-on test, during which F2 and F12 can be pressed; 0 to 60000.")
    int postMillis() default 3000;
}
