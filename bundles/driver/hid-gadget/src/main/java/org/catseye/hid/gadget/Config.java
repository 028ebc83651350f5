package org.catseye.hid.gadget;

import org.osgi.service.component.annotations.ComponentPropertyType;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Configuration of the USB keyboard and mouse; PID {@value #PID}. */
@ComponentPropertyType
@ObjectClassDefinition(name = "Catseye: USB keyboard and mouse",
        description = "What the target sees on its USB port. Saving unplugs the keyboard for a moment and plugs in the new one.")
public @interface Config {

    /** The configuration PID. */
    String PID = "org.catseye.hid.gadget";

    @AttributeDefinition(name = "Profile",
            description = "What the target is shown. If a BIOS does not take keys, or hangs at start, try the next smaller one.",
            options = {
                @Option(label = "Full: keyboard, absolute pointer, mouse, media keys", value = "full"),
                @Option(label = "Boot: keyboard and plain mouse, for BIOS and boot menus", value = "boot"),
                @Option(label = "Keyboard only: for stubborn BIOSes", value = "keyboard-only")})
    String profile() default "full";

    @AttributeDefinition(name = "Vendor id", description = "USB vendor id, such as 0x1d6b (Linux Foundation). "
            + "Change it if the target admits only known devices.")
    String vendorId() default "0x1d6b";

    @AttributeDefinition(name = "Product id", description = "USB product id, such as 0x0104.")
    String productId() default "0x0104";

    @AttributeDefinition(name = "Manufacturer", description = "The name that the target shows; up to 126 characters.")
    String manufacturer() default "Catseye";

    @AttributeDefinition(name = "Product", description = "The device's name that the target shows; up to 126 characters.")
    String product() default "Catseye keyboard and mouse";

    @AttributeDefinition(name = "Serial number", description = "Up to 126 characters. Empty: the board's own number. Two devices "
            + "on one target must not have the same.")
    String serial() default "";

    @AttributeDefinition(name = "Power (milliamperes)", min = "2", max = "500",
            description = "What the device says it draws from the target. It is not a limit of what is drawn.")
    int maxPowerMilliamperes() default 250;

    @AttributeDefinition(name = "USB device port", description = "Name of the controller as in /sys/class/udc, such as fe980000.usb. "
            + "Empty: the first. Needed only on boards with several.")
    String controller() default "";

    @AttributeDefinition(name = "Endpoints of the port", min = "1", max = "30", description = "How many endpoints the controller has, "
            + "the control endpoint not counted. A Raspberry Pi has 7 for what goes to the target.")
    int endpoints() default 7;

    @AttributeDefinition(name = "Gadget", description = "Name of the gadget as \"catseye-gadget up\" made it; letters, digits, "
            + "dash and underscore.")
    String gadget() default "catseye";

    @AttributeDefinition(name = "Target", description = "Id of the computer that the USB cable leads to.")
    String kvm_target() default "default";

    @AttributeDefinition(name = "Name", description = "What the device is called in lists.")
    String kvm_label() default "USB keyboard and mouse";
}
