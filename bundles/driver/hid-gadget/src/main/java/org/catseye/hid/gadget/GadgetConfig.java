package org.catseye.hid.gadget;

import org.osgi.service.component.annotations.ComponentPropertyType;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Configuration of the USB keyboard and mouse; PID {@value #PID}. */
@ComponentPropertyType
@ObjectClassDefinition(name = "Catseye: USB keyboard and mouse", description = "The USB device that the remote computer sees. "
        + "Saving unplugs the current keyboard for a moment and plugs in the new one.")
public @interface GadgetConfig {

    /** The configuration PID. */
    String PID = "org.catseye.hid.gadget";

    String DEFAULT_PROFILE = "full";
    String DEFAULT_DRIVES = "auto";
    String DEFAULT_VENDOR_ID = "0x1d6b";
    String DEFAULT_PRODUCT_ID = "0x0104";
    String DEFAULT_MANUFACTURER = "Catseye";
    String DEFAULT_PRODUCT = "Catseye keyboard and mouse";
    String DEFAULT_GADGET = "catseye";
    String DEFAULT_LABEL = "USB keyboard and mouse";

    /** Limits and default of {@link #maxPowerMilliamperes()}. */
    int MIN_POWER_MILLIAMPERES = 2;
    int MAX_POWER_MILLIAMPERES = 500;
    int DEFAULT_POWER_MILLIAMPERES = 250;

    /** Limit and default of {@link #endpoints()}. */
    int MAX_ENDPOINTS = 30;
    int DEFAULT_ENDPOINTS = 7;

    /** Characters of a USB string descriptor. */
    int MAX_STRING_LENGTH = 126;

    @AttributeDefinition(name = "Profile", description = "The devices that the remote computer sees. If a BIOS ignores keys or hangs "
            + "at startup, try the next smaller profile.",
            options = {
                @Option(label = "Full: keyboard, absolute pointer, mouse, media and power keys", value = "full"),
                @Option(label = "Boot: keyboard and plain mouse, for BIOS and boot menus", value = "boot"),
                @Option(label = "Keyboard only: for firmware that rejects the other profiles", value = "keyboard-only")})
    String profile() default DEFAULT_PROFILE;

    @AttributeDefinition(name = "Drives", description = "The drives that the remote computer sees. Some BIOSes hang at startup if a "
            + "keyboard has drives too, and some use only the first drive of a device.",
            options = {
                @Option(label = "Automatic: CD drive and USB disk with the profile Full, none with the others", value = "auto"),
                @Option(label = "None", value = "none"),
                @Option(label = "CD drive", value = "cd"),
                @Option(label = "USB disk", value = "disk"),
                @Option(label = "CD drive and USB disk", value = "cd-and-disk")})
    String drives() default DEFAULT_DRIVES;

    @AttributeDefinition(name = "Vendor id", description = "USB vendor id, such as 0x1d6b (Linux Foundation). "
            + "Change it if the remote computer accepts only certain devices.")
    String vendorId() default DEFAULT_VENDOR_ID;

    @AttributeDefinition(name = "Product id", description = "USB product id, such as 0x0104.")
    String productId() default DEFAULT_PRODUCT_ID;

    @AttributeDefinition(name = "Manufacturer", description = "Manufacturer that the remote computer displays; "
            + "up to " + MAX_STRING_LENGTH + " characters.")
    String manufacturer() default DEFAULT_MANUFACTURER;

    @AttributeDefinition(name = "Product", description = "Device name that the remote computer displays; "
            + "up to " + MAX_STRING_LENGTH + " characters.")
    String product() default DEFAULT_PRODUCT;

    @AttributeDefinition(name = "Serial number", description = "Up to " + MAX_STRING_LENGTH + " characters. "
            + "Leave it empty to use the board's own number. "
            + "Two devices on one remote computer must have different serial numbers.")
    String serial() default "";

    @AttributeDefinition(name = "Power (milliamperes)", min = "" + MIN_POWER_MILLIAMPERES, max = "" + MAX_POWER_MILLIAMPERES,
            description = "Current that the device claims to draw "
            + "from the remote computer. It does not limit the current that the board really draws.")
    int maxPowerMilliamperes() default DEFAULT_POWER_MILLIAMPERES;

    @AttributeDefinition(name = "USB device port", description = "Name of the controller in /sys/class/udc, such as fe980000.usb. "
            + "Leave it empty to use the first one; needed only on boards with several.")
    String controller() default "";

    @AttributeDefinition(name = "Endpoints of the port", min = "1", max = "" + MAX_ENDPOINTS,
            description = "Number of the controller's endpoints, "
            + "without the control endpoint. A Raspberry Pi has 7 in the direction to the remote computer.")
    int endpoints() default DEFAULT_ENDPOINTS;

    @AttributeDefinition(name = "Gadget", description = "Name of the gadget that \"catseye-gadget up\" created; letters, digits, "
            + "dots, dashes and underscores.")
    String gadget() default DEFAULT_GADGET;

    @AttributeDefinition(name = "Target", description = "Id of the remote computer that the USB cable is plugged into.")
    String kvm_target() default "default";

    @AttributeDefinition(name = "Name", description = "Name of the device in lists.")
    String kvm_label() default DEFAULT_LABEL;
}
