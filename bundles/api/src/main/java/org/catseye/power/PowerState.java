package org.catseye.power;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about the power of a target.
 *
 * @param condition whether the computer is on
 * @param source the name of the device that reported the condition, for the user; empty if it is unknown
 * @param reason one sentence for the user: why the condition is unknown; empty if it is known
 * @param diskActive whether the disk LED is lit; empty if nothing reports it
 * @param actions what can be done at the moment, in the order of {@link PowerAction}
 * @param running the action that is being performed; empty if none is
 */
public record PowerState(PowerCondition condition, String source, String reason, Optional<Boolean> diskActive, Set<PowerAction> actions,
        Optional<PowerAction> running) {

    /** The state of a target without a power control. */
    public static final PowerState ABSENT = new PowerState(PowerCondition.UNKNOWN, "", "No power control is connected to this computer.",
            Optional.empty(), Set.of(), Optional.empty());

    public PowerState {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(diskActive, "diskActive");
        Objects.requireNonNull(running, "running");
        EnumSet<PowerAction> sorted = EnumSet.noneOf(PowerAction.class);
        sorted.addAll(actions);
        actions = Collections.unmodifiableSet(sorted);
    }

    /** The same state for a user who may see it but not change it. */
    public PowerState withoutActions() {
        return new PowerState(condition, source, reason, diskActive, Set.of(), running);
    }
}
