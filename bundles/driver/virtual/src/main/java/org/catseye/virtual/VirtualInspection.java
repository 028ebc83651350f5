package org.catseye.virtual;

import java.util.List;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.virtual.machine.Machine.Power;

/** The self-check of the virtual computer: its configuration, its power, and who uses its screen and its USB port. */
final class VirtualInspection {

    private VirtualInspection() {
    }

    /**
     * @param fault of the configuration
     * @param screenUsed whether the video hub takes the screen
     * @param portUsed whether the keyboard hub has taken the USB port
     */
    static List<Item> inspectAll(Optional<BadValueException> fault, Power power, boolean screenUsed, boolean portUsed) {
        if (fault.isPresent()) {
            return List.of(Item.failed("Configuration", fault.get().getMessage(), "Correct this value in the configuration."));
        }
        return List.of(Item.passed("Configuration", "All values can be used."),
            inspectPower(power), inspectUse("Screen", screenUsed, "org.catseye.core.video"), inspectUse("USB port", portUsed, "org.catseye.core.hid"));
    }

    private static Item inspectPower(Power power) {
        return switch (power) {
            case ON -> Item.passed("Power", "The computer is switched on.");
            case ASLEEP -> Item.passed("Power", "The computer is asleep; any key wakes it.");
            case OFF -> Item.failed("Power", "The computer is switched off.", "Press its power button.");
        };
    }

    private static Item inspectUse(String name, boolean used, String bundle) {
        return used ? Item.passed(name, "It is connected.") : Item.failed(name, "Nothing uses it.", "Start the bundle " + bundle + ".");
    }
}
