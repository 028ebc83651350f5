package org.catseye.power;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be done with the power of a remote computer. */
public enum PowerAction {
    /** Presses the power button briefly: switches the computer on, or asks its operating system to shut down. */
    PRESS(false),
    /** Holds the power button until the computer is off, whatever it is doing. */
    HOLD(true),
    /** Presses the reset button. */
    RESET(true),
    /** Wakes the computer; without effect if it is running. */
    WAKE(false),
    /** Switches the computer on; without effect if it is on. */
    ON(false),
    /** Switches the computer off, whatever it is doing; without effect if it is off. */
    OFF(true),
    /** Switches the computer off, waits, and switches it on. */
    CYCLE(true);

    private final boolean interrupting;

    PowerAction(boolean interrupting) {
        this.interrupting = interrupting;
    }

    /** Whether the computer loses what it has not saved. A page asks before such an action. */
    public boolean isInterrupting() {
        return interrupting;
    }

    /** The name in the REST API, in messages and in configurations: the constant's name in lower case. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The public names of some actions as a part of a sentence, in the order of this enumeration. */
    public static String formatNames(Collection<PowerAction> actions) {
        return actions.stream().sorted().map(PowerAction::publicName).collect(Collectors.joining(", "));
    }

    /** The action with this {@link #publicName()}; empty if there is none. */
    public static Optional<PowerAction> findByPublicName(String name) {
        return Stream.of(values()).filter(action -> action.publicName().equals(name)).findFirst();
    }
}
