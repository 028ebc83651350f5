package org.catseye.hid.gadget.descriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A USB device as declared: the folders, files and links that configfs must contain.
 *
 * @param name the gadget's folder below usb_gadget
 * @param drives drives in addition to the profile's functions
 * @param maxPowerMilliamperes power that the device claims to draw from the remote computer
 * @param endpointCount endpoints of the controller, without the control endpoint
 */
public record Gadget(String name, Identity identity, Profile profile, DriveSet drives, int maxPowerMilliamperes, int endpointCount) {

    /** Required folders, without those of the functions. */
    public static final List<String> BASE_FOLDERS = List.of("strings/0x409", "configs/c.1", "configs/c.1/strings/0x409");

    /** Exists on kernels that can wake the remote computer with a key (not in mainline Linux 6.1). */
    public static final String WAKEUP_FILE = "functions/" + Role.KEYBOARD.functionName() + "/wakeup_on_write";

    private static final int BUS_POWERED = 0x80;
    private static final int REMOTE_WAKEUP = 0x20;

    /**
     * How the device identifies itself.
     *
     * @param serialNumber empty to keep the current one, which the root helper derives from the board's own number
     */
    public record Identity(int vendorId, int productId, String manufacturer, String productName, String serialNumber) {
    }

    /** A function's entry in the configuration. The name begins with a number, so that it shows the order of linking. */
    public record Link(String name, String functionName) {

        private static final String MANAGED_NAME = "[0-9]\\.[a-z]+";

        /** Whether Catseye created the link; other software adds links too, such as one for mass storage. */
        public boolean isManaged() {
            return name.matches(MANAGED_NAME);
        }
    }

    /** The same device without drives. */
    public Gadget withoutDrives() {
        return new Gadget(name, identity, profile, DriveSet.NONE, maxPowerMilliamperes, endpointCount);
    }

    /** Endpoints that all functions need, without the control endpoint. */
    public int requiredEndpoints() {
        return profile.functions().size() * HidFunction.ENDPOINT_COUNT + drives.endpointCount();
    }

    /** Links in the order in which they must be created: it determines the order of the USB interfaces. */
    public List<Link> requiredLinks() {
        List<Link> links = new ArrayList<>();
        for (HidFunction function : profile.functions()) {
            links.add(new Link(links.size() + 1 + "." + function.role().roleName(), function.role().functionName()));
        }
        if (drives != DriveSet.NONE) {
            links.add(new Link(links.size() + 1 + "." + drives.linkName(), drives.functionName()));
        }
        return links;
    }

    /** All folders below the gadget's own, parents first. */
    public List<String> requiredFolders() {
        List<String> folders = new ArrayList<>(BASE_FOLDERS);
        profile.functions().forEach(function -> folders.add("functions/" + function.role().functionName()));
        folders.addAll(drives.requiredFolders());
        return folders;
    }

    /**
     * All files, in the order in which they must be written.
     *
     * @param foreignFunctions number of functions in the configuration that other software added
     * @param canWakeHost whether the kernel can wake the remote computer with a key ({@link #WAKEUP_FILE}). Claiming it without
     *     being able to is worse than not claiming it: hosts then suspend the keyboard, and it stays suspended.
     */
    public List<Attribute> declareAttributes(int foreignFunctions, boolean canWakeHost) {
        List<Attribute> all = new ArrayList<>(List.of(
                Attribute.hexNumber("idVendor", identity.vendorId(), 4),
                Attribute.hexNumber("idProduct", identity.productId(), 4),
                Attribute.hexNumber("bcdDevice", profile.deviceVersion() + drives.versionOffset() + Math.min(foreignFunctions, 9), 4),
                Attribute.hexNumber("bcdUSB", 0x0200, 4),
                Attribute.textValue("strings/0x409/manufacturer", identity.manufacturer()),
                Attribute.textValue("strings/0x409/product", identity.productName())));
        if (!identity.serialNumber().isEmpty()) {
            all.add(Attribute.textValue("strings/0x409/serialnumber", identity.serialNumber()));
        }
        all.add(Attribute.textValue("configs/c.1/strings/0x409/configuration", profile.configValue()));
        all.add(Attribute.decimalNumber("configs/c.1/MaxPower", maxPowerMilliamperes));
        all.add(Attribute.hexNumber("configs/c.1/bmAttributes", canWakeHost ? BUS_POWERED | REMOTE_WAKEUP : BUS_POWERED, 2));
        for (HidFunction function : profile.functions()) {
            all.addAll(function.declareAttributes());
        }
        all.addAll(drives.declareAttributes());
        if (canWakeHost) {
            all.add(Attribute.decimalNumber(WAKEUP_FILE, 1).asOptional());
        }
        return all;
    }

    /** The declaration in the root helper's format: {@code number|text|bytes[?] PATH VALUE} and {@code link NAME FUNCTION}. */
    List<String> formatPlanLines() {
        List<String> lines = new ArrayList<>();
        for (Attribute attribute : declareAttributes(0, false)) {
            lines.add(attribute.kind().name().toLowerCase(Locale.ROOT) + (attribute.optional() ? "? " : " ")
                    + attribute.path() + " " + attribute.value());
        }
        requiredLinks().forEach(link -> lines.add("link " + link.name() + " " + link.functionName()));
        return lines;
    }
}
