package org.catseye.power.spi;

import java.util.Objects;
import java.util.Optional;
import org.catseye.power.PowerCondition;

/**
 * What a device reports.
 *
 * @param condition whether the computer is on
 * @param diskActive whether the disk LED is lit; empty if the device cannot see it
 */
public record PowerReading(PowerCondition condition, Optional<Boolean> diskActive) {

    /** The reading of a device that cannot tell. */
    public static final PowerReading UNKNOWN = new PowerReading(PowerCondition.UNKNOWN, Optional.empty());

    public PowerReading {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(diskActive, "diskActive");
    }

    /** The reading of a device that sees only whether the computer is on. */
    public static PowerReading ofPower(boolean on) {
        return new PowerReading(on ? PowerCondition.ON : PowerCondition.OFF, Optional.empty());
    }
}
