package org.catseye.core.power;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.PowerState;
import org.catseye.power.spi.PowerControl;
import org.catseye.power.spi.PowerReading;
import org.catseye.services.BoundService;
import org.catseye.targets.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest readings of a target's power controls, and the state that follows from them. Thread-safe. */
final class ControlReadings {

    private static final Logger LOG = LoggerFactory.getLogger(ControlReadings.class);

    private final String target;
    /** By service id; replaced as a whole. */
    private volatile Map<Long, Outcome> latest = Map.of();

    /** What a control reported. @param failure one sentence; empty if it answered */
    private record Outcome(PowerReading reading, String failure) {
    }

    ControlReadings(String target) {
        this.target = target;
    }

    /** Reads all controls, one after the other. Blocks as long as they do. */
    void readAll(List<BoundService<PowerControl>> controls) {
        Map<Long, Outcome> next = new HashMap<>();
        for (BoundService<PowerControl> control : controls) {
            Outcome outcome = readControl(control.service());
            String before = Optional.ofNullable(latest.get(control.serviceId())).map(Outcome::failure).orElse("");
            if (!outcome.failure().isEmpty() && !outcome.failure().equals(before)) {
                LOG.warn("Target {}: {} does not report the power state: {}", target, labelOf(control), outcome.failure());
            }
            next.put(control.serviceId(), outcome);
        }
        latest = Map.copyOf(next);
    }

    private static Outcome readControl(PowerControl control) {
        try {
            return new Outcome(control.readState(), "");
        } catch (IOException | RuntimeException | LinkageError e) {
            return new Outcome(PowerReading.UNKNOWN, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    /** @param stuck whether a reading has been under way for too long */
    PowerState describeState(List<BoundService<PowerControl>> controls, boolean stuck, Set<PowerAction> actions, Optional<PowerAction> running) {
        if (controls.isEmpty()) {
            return PowerState.ABSENT;
        }
        if (stuck) {
            return new PowerState(PowerCondition.UNKNOWN, "", "The power control does not answer.", Optional.empty(), actions, running);
        }
        Optional<Boolean> disk = controls.stream().map(control -> outcome(control).reading().diskActive()).flatMap(Optional::stream).findFirst();
        Optional<BoundService<PowerControl>> source = controls.stream().filter(control -> condition(control) != PowerCondition.UNKNOWN).findFirst();
        if (source.isEmpty()) {
            return new PowerState(PowerCondition.UNKNOWN, "", describeUnknown(controls), disk, actions, running);
        }
        return new PowerState(condition(source.get()), labelOf(source.get()), "", disk, actions, running);
    }

    private String describeUnknown(List<BoundService<PowerControl>> controls) {
        return controls.stream().filter(control -> !outcome(control).failure().isEmpty()).findFirst()
                .map(control -> labelOf(control) + ": " + outcome(control).failure())
                .orElse("No device reports whether this computer is on.");
    }

    private PowerCondition condition(BoundService<PowerControl> control) {
        return outcome(control).reading().condition();
    }

    private Outcome outcome(BoundService<PowerControl> control) {
        return latest.getOrDefault(control.serviceId(), new Outcome(PowerReading.UNKNOWN, ""));
    }

    private static String labelOf(BoundService<PowerControl> control) {
        return control.textProperty(Target.LABEL).orElse("power control " + control.serviceId());
    }
}
