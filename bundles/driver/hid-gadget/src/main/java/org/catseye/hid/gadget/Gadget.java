package org.catseye.hid.gadget;

import java.util.ArrayList;
import java.util.List;

/**
 * A USB device as it is declared: what configfs is to hold.
 *
 * @param name its folder below usb_gadget
 * @param maxPower milliamperes that it claims to draw from the target
 * @param endpoints how many the controller has, the control endpoint not counted
 */
record Gadget(String name, Identity identity, Profile profile, int maxPower, int endpoints) {

    /** Folders that must be there besides those of the functions. */
    static final List<String> FOLDERS = List.of("strings/0x409", "configs/c.1", "configs/c.1/strings/0x409");

    private static final int BUS_POWERED = 0x80;
    private static final int REMOTE_WAKEUP = 0x20;

    /**
     * How the device introduces itself.
     *
     * @param serial empty to leave what is there: the root helper puts the board's own number in
     */
    record Identity(int vendor, int product, String manufacturer, String name, String serial) {
    }

    /** A function's place in the configuration. The name begins with a number, so that the names tell the order of linking. */
    record Link(String name, String function) {

        private static final String OURS = "[0-9]\\.[a-z]+";

        boolean ours() {
            return name.matches(OURS);
        }
    }

    /** Links in the order in which they must be made: the order is that of the USB interfaces. */
    List<Link> links() {
        List<Link> links = new ArrayList<>();
        for (HidFunction function : profile.functions()) {
            links.add(new Link(links.size() + 1 + "." + function.role().word(), function.role().function()));
        }
        return links;
    }

    /** All folders, parents first, but for the gadget's own. */
    List<String> folders() {
        List<String> folders = new ArrayList<>(FOLDERS);
        profile.functions().forEach(function -> folders.add("functions/" + function.role().function()));
        return folders;
    }

    /**
     * All files, in the order in which they are written.
     *
     * @param others how many functions of others are in the configuration
     * @param wakes whether the kernel can wake the target by a key (wakeup_on_write, not in mainline Linux 6.1). To claim it and
     *     not do it is worse than nothing: hosts then put the keyboard to sleep, and it stays so.
     */
    List<Attribute> attributes(int others, boolean wakes) {
        List<Attribute> all = new ArrayList<>(List.of(
                Attribute.word("idVendor", identity.vendor()),
                Attribute.word("idProduct", identity.product()),
                Attribute.word("bcdDevice", profile.version() + Math.min(others, 9)),
                Attribute.word("bcdUSB", 0x0200),
                Attribute.text("strings/0x409/manufacturer", identity.manufacturer()),
                Attribute.text("strings/0x409/product", identity.name())));
        if (!identity.serial().isEmpty()) {
            all.add(Attribute.text("strings/0x409/serialnumber", identity.serial()));
        }
        all.add(Attribute.text("configs/c.1/strings/0x409/configuration", profile.word()));
        all.add(Attribute.number("configs/c.1/MaxPower", maxPower));
        all.add(new Attribute("configs/c.1/bmAttributes", Attribute.Kind.NUMBER,
                String.format("0x%02x", wakes ? BUS_POWERED | REMOTE_WAKEUP : BUS_POWERED), false));
        for (HidFunction function : profile.functions()) {
            all.addAll(function.attributes());
        }
        if (wakes) {
            all.add(Attribute.number(wakeFile(), 1).ifThere());
        }
        return all;
    }

    /** Where a kernel that can wake the target by a key shows it. */
    static String wakeFile() {
        return "functions/" + Role.KEYBOARD.function() + "/wakeup_on_write";
    }

    /** The declaration as the root helper prints it: {@code number|text|bytes[?] PATH VALUE} and {@code link NAME FUNCTION}. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Attribute attribute : attributes(0, false)) {
            lines.add(attribute.kind().name().toLowerCase(java.util.Locale.ROOT) + (attribute.optional() ? "? " : " ")
                    + attribute.path() + " " + attribute.value());
        }
        links().forEach(link -> lines.add("link " + link.name() + " " + link.function()));
        return lines;
    }
}
