package org.catseye.power.relay;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.catseye.power.PowerAction;

/** What a relay does to the computer. */
enum RelayUse {

    /** Switches its supply. */
    SWITCH("switch", PowerAction.ON, PowerAction.OFF),
    /** Closes the contacts of its power button. */
    POWER_BUTTON("power-button", PowerAction.PRESS, PowerAction.HOLD),
    /** Closes the contacts of its reset button. */
    RESET_BUTTON("reset-button", PowerAction.RESET);

    private final String publicName;
    private final Set<PowerAction> actions;

    RelayUse(String publicName, PowerAction... actions) {
        this.publicName = publicName;
        this.actions = Set.of(actions);
    }

    static Optional<RelayUse> findByPublicName(String name) {
        return Arrays.stream(values()).filter(use -> use.publicName.equals(name)).findFirst();
    }

    Set<PowerAction> actions() {
        return actions;
    }

    /** Whether the relay is open except during a press. */
    boolean isButton() {
        return this != SWITCH;
    }
}
