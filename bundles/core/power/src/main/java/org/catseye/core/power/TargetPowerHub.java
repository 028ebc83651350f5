package org.catseye.core.power;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.catseye.concurrent.NamedThreads;
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
 * delays neither viewers nor the web server. Both threads end after ten idle seconds. Thread-safe.
 */
final class TargetPowerHub implements PowerHub {

    private static final Logger LOG = LoggerFactory.getLogger(TargetPowerHub.class);

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long READ_TIMEOUT_MILLIS = 4_000;
    private static final long ACTION_TIMEOUT_MILLIS = 40_000;
    /** Long enough for a power supply to discharge, so that the computer notices. */
    private static final long CYCLE_PAUSE_MILLIS = 5_000;
    private static final long IDLE_SECONDS = 10;
    /** Actions at once, and the time after which one more is possible. */
    private static final int MAX_ACTIONS = 10;
    private static final long ACTION_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(6);

    private final String target;
    private final Supplier<List<BoundService<PowerControl>>> controls;
    private final LongSupplier clock;
    private final long cyclePauseMillis;
    private final ThreadPoolExecutor reader;
    private final ThreadPoolExecutor actor;
    private final TokenBucket limit;
    private final AtomicReference<PowerAction> running = new AtomicReference<>();
    private final ControlReadings readings;
    /** Guarded by this: the reading under way, and when it began; null for none. */
    private Future<?> reading;
    private long readingSince;
    private volatile long freshUntil;

    /** @param controls the current controls of the target, the best first */
    TargetPowerHub(String target, Supplier<List<BoundService<PowerControl>>> controls) {
        this(target, controls, System::nanoTime, CYCLE_PAUSE_MILLIS);
    }

    TargetPowerHub(String target, Supplier<List<BoundService<PowerControl>>> controls, LongSupplier clock, long cyclePauseMillis) {
        this.target = target;
        this.controls = controls;
        this.clock = clock;
        this.cyclePauseMillis = cyclePauseMillis;
        reader = newThread("power-" + target);
        actor = newThread("power-action-" + target);
        limit = new TokenBucket(MAX_ACTIONS, ACTION_INTERVAL_NANOS, clock.getAsLong());
        freshUntil = clock.getAsLong();
        readings = new ControlReadings(target);
    }

    private static ThreadPoolExecutor newThread(String name) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                NamedThreads.withName(name));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    void close() {
        reader.shutdownNow();
        actor.shutdownNow();
    }

    @Override
    public PowerState currentState() {
        startReadingIfDue();
        return describeState();
    }

    @Override
    public PowerState readState() throws InterruptedException {
        Optional<Future<?>> started = startReadingIfDue();
        if (started.isPresent()) {
            try {
                started.get().get(READ_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (TimeoutException e) {
                LOG.debug("The power controls of {} have not answered in time.", target);
            }
        }
        return describeState();
    }

    private PowerState describeState() {
        List<BoundService<PowerControl>> current = controls.get();
        long stuckNanos = TimeUnit.MILLISECONDS.toNanos(READ_TIMEOUT_MILLIS);
        boolean stuck;
        synchronized (this) {
            stuck = reading != null && !reading.isDone() && clock.getAsLong() - readingSince > stuckNanos;
        }
        return readings.describeState(current, stuck, listActions(current), Optional.ofNullable(running.get()));
    }

    private static Set<PowerAction> listActions(List<BoundService<PowerControl>> controls) {
        Set<PowerAction> actions = EnumSet.noneOf(PowerAction.class);
        controls.forEach(control -> actions.addAll(control.service().supportedActions()));
        if (actions.contains(PowerAction.OFF) && actions.contains(PowerAction.ON)) {
            actions.add(PowerAction.CYCLE);
        }
        return actions;
    }

    /** @return the reading under way; empty if the latest one is fresh enough */
    private synchronized Optional<Future<?>> startReadingIfDue() {
        if (reading != null && !reading.isDone()) {
            return Optional.of(reading);
        }
        if (clock.getAsLong() - freshUntil < 0) {
            return Optional.empty();
        }
        try {
            readingSince = clock.getAsLong();
            reading = reader.submit(this::readControls);
            return Optional.of(reading);
        } catch (RejectedExecutionException e) {
            return Optional.empty(); // The hub is closed.
        }
    }

    private void readControls() {
        readings.readAll(controls.get());
        freshUntil = clock.getAsLong() + FRESH_NANOS;
    }

    @Override
    public void performAction(PowerAction action) throws PowerException, InterruptedException {
        List<BoundService<PowerControl>> current = controls.get();
        if (!listActions(current).contains(action)) {
            throw new PowerException(Reason.UNSUPPORTED, describeUnsupported(action, listActions(current)));
        }
        PowerAction other = running.compareAndExchange(null, action);
        if (other != null) {
            throw new PowerException(Reason.BUSY, "The action \"" + other.publicName() + "\" is still being performed. Try again when it is done.");
        }
        Future<?> result;
        try {
            takeToken();
            result = actor.submit(() -> {
                try {
                    performNow(action, current);
                    return null;
                } finally {
                    freshUntil = clock.getAsLong();
                    running.set(null);
                }
            });
        } catch (PowerException e) {
            running.set(null);
            throw e;
        } catch (RejectedExecutionException e) {
            running.set(null);
            throw new PowerException(Reason.FAILED, "The power control has been removed.");
        }
        awaitResult(action, result);
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

    private void awaitResult(PowerAction action, Future<?> result) throws PowerException, InterruptedException {
        try {
            result.get(ACTION_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new PowerException(Reason.FAILED, "The power control has not answered within " + ACTION_TIMEOUT_MILLIS / 1_000 + " s.", e, Duration.ZERO);
        } catch (ExecutionException e) {
            LOG.warn("Target {}: the power action {} failed", target, action.publicName(), e.getCause());
            String message = e.getCause().getMessage();
            throw new PowerException(Reason.FAILED, message == null ? "The power control failed; the log has the details." : message, e.getCause(),
                    Duration.ZERO);
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
