package org.catseye.core.power;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.catseye.concurrent.BackgroundReading;
import org.catseye.concurrent.SingleAction;
import org.catseye.concurrent.TokenBucket;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerException;
import org.catseye.power.PowerException.Reason;
import org.catseye.power.PowerHub;
import org.catseye.power.PowerState;
import org.catseye.power.spi.PowerControl;
import org.catseye.services.BoundService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub of one target. It reads states on a thread of its own and performs actions on another one, so that a device that hangs
 * delays neither viewers nor the web server. Thread-safe.
 */
final class TargetPowerHub implements PowerHub {

    private static final Logger LOG = LoggerFactory.getLogger(TargetPowerHub.class);

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration ACTION_TIMEOUT = Duration.ofSeconds(40);
    /** Long enough for a power supply to discharge, so that the computer notices. */
    private static final long CYCLE_PAUSE_MILLIS = 5_000;
    /** Actions at once, and the time after which one more is possible. */
    private static final int MAX_ACTIONS = 10;
    private static final long ACTION_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(6);

    private final String target;
    private final Supplier<List<BoundService<PowerControl>>> controls;
    private final LongSupplier clock;
    private final long cyclePauseMillis;
    private final ControlReadings readings;
    private final BackgroundReading reading;
    private final SingleAction<PowerAction> actions;
    private final TokenBucket limit;

    /** @param controls the current controls of the target, the best first */
    TargetPowerHub(String target, Supplier<List<BoundService<PowerControl>>> controls) {
        this(target, controls, System::nanoTime, CYCLE_PAUSE_MILLIS);
    }

    TargetPowerHub(String target, Supplier<List<BoundService<PowerControl>>> controls, LongSupplier clock, long cyclePauseMillis) {
        this.target = target;
        this.controls = controls;
        this.clock = clock;
        this.cyclePauseMillis = cyclePauseMillis;
        readings = new ControlReadings(target);
        reading = new BackgroundReading("power-" + target, () -> readings.readAll(controls.get()), FRESH, READ_TIMEOUT, clock);
        actions = new SingleAction<>("power-action-" + target, ACTION_TIMEOUT);
        limit = new TokenBucket(MAX_ACTIONS, ACTION_INTERVAL_NANOS, clock.getAsLong());
    }

    void close() {
        reading.close();
        actions.close();
    }

    @Override
    public PowerState currentState() {
        reading.startIfDue();
        return describeState();
    }

    @Override
    public PowerState readState() throws InterruptedException {
        if (!reading.awaitReading()) {
            LOG.debug("The power controls of {} have not answered in time.", target);
        }
        return describeState();
    }

    private PowerState describeState() {
        List<BoundService<PowerControl>> current = controls.get();
        return readings.describeState(current, reading.isStuck(), listActions(current), actions.running());
    }

    private static Set<PowerAction> listActions(List<BoundService<PowerControl>> controls) {
        Set<PowerAction> actions = EnumSet.noneOf(PowerAction.class);
        controls.forEach(control -> actions.addAll(control.service().supportedActions()));
        if (actions.contains(PowerAction.OFF) && actions.contains(PowerAction.ON)) {
            actions.add(PowerAction.CYCLE);
        }
        return actions;
    }

    @Override
    public void performAction(PowerAction action) throws PowerException, InterruptedException {
        List<BoundService<PowerControl>> current = controls.get();
        if (!listActions(current).contains(action)) {
            throw new PowerException(Reason.UNSUPPORTED, describeUnsupported(action, listActions(current)));
        }
        Optional<PowerAction> other;
        try {
            other = actions.perform(action, this::takeToken, () -> {
                try {
                    performNow(action, current);
                } finally {
                    reading.expire();
                }
                return null;
            });
        } catch (RejectedExecutionException e) {
            throw new PowerException(Reason.FAILED, "The power control has been removed.");
        } catch (TimeoutException e) {
            throw new PowerException(Reason.FAILED, "The power control has not answered within " + ACTION_TIMEOUT.toSeconds() + " s.", e, Duration.ZERO);
        } catch (ExecutionException e) {
            LOG.warn("Target {}: the power action {} failed", target, action.publicName(), e.getCause());
            String message = e.getCause().getMessage();
            throw new PowerException(Reason.FAILED, message == null ? "The power control failed; the log has the details." : message, e.getCause(),
                    Duration.ZERO);
        }
        if (other.isPresent()) {
            throw new PowerException(Reason.BUSY, "The action \"" + other.get().publicName() + "\" is still being performed. Try again when it is done.");
        }
    }

    private static String describeUnsupported(PowerAction action, Set<PowerAction> supported) {
        return "No power control of this computer can perform the action \"" + action.publicName() + "\". "
                + (supported.isEmpty() ? "None is available at the moment." : "Available actions: " + PowerAction.formatNames(supported) + ".");
    }

    private void takeToken() throws PowerException {
        long now = clock.getAsLong();
        if (!limit.tryAcquire(now)) {
            Duration wait = Duration.ofNanos(limit.nanosUntilAvailable(now)).plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
            throw new PowerException(Reason.TOO_OFTEN, "Too many power actions in a short time. Try again in " + wait.toSeconds() + " s.", null, wait);
        }
    }

    private void performNow(PowerAction action, List<BoundService<PowerControl>> current) throws Exception {
        Optional<PowerControl> control = findControl(action, current);
        if (control.isPresent()) {
            control.get().performAction(action);
        } else {
            findControl(PowerAction.OFF, current).orElseThrow().performAction(PowerAction.OFF);
            Thread.sleep(cyclePauseMillis);
            findControl(PowerAction.ON, current).orElseThrow().performAction(PowerAction.ON);
        }
    }

    private static Optional<PowerControl> findControl(PowerAction action, List<BoundService<PowerControl>> current) {
        return current.stream().map(BoundService::service).filter(control -> control.supportedActions().contains(action)).findFirst();
    }
}
