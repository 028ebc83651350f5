package org.catseye.web.rest.check;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.SelfCheck.Action;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.web.rest.route.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A self-check that cannot block its callers: it runs on at most two threads of its own, one for checks and one for actions, and callers wait
 * for a bounded time. A device that hangs costs these two threads, no matter how many requests there are. Thread-safe.
 */
final class CheckedDevice {

    private static final Logger LOG = LoggerFactory.getLogger(CheckedDevice.class);
    private static final String REMEDY = "Try again. If that does not help, see the log, and restart the device's bundle.";

    private final SelfCheck check;
    private final String name;
    private final ExecutorService threads;
    private final AtomicBoolean acting = new AtomicBoolean();
    /** The check that is running or was the last; null before the first. Guarded by this. */
    private Future<Result> running;

    /** The result of a check. */
    record Result(String title, List<Item> items, List<Action> actions) {
    }

    /** @param name title of the device if its check gives none */
    CheckedDevice(SelfCheck check, String name, ExecutorService threads) {
        this.check = check;
        this.name = name;
        this.threads = threads;
    }

    /** Starts a check, unless one is running, which then serves both callers. */
    synchronized void startCheck() {
        if (running == null || running.isDone()) {
            try {
                running = threads.submit(() -> new Result(Objects.requireNonNull(check.title(), "title"), List.copyOf(check.checkItems()), List.copyOf(check.availableActions())));
            } catch (RejectedExecutionException e) {
                running = null;
            }
        }
    }

    /** The result of the check that {@link #startCheck()} started; a failure is reported as an item. Blocks until the deadline (System.nanoTime) at most. */
    Result awaitResult(long deadline) {
        Future<Result> current;
        synchronized (this) {
            current = running;
        }
        if (current == null) {
            return describeFailure("Catseye's web server is being stopped.");
        }
        try {
            return current.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return describeFailure("The device's self-check did not answer in time.");
        } catch (ExecutionException e) {
            LOG.warn("The self-check of {} failed", name, e.getCause());
            return describeFailure("The device's self-check failed: " + e.getCause() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return describeFailure("Catseye's web server is being stopped.");
        }
    }

    private Result describeFailure(String message) {
        return new Result(name, List.of(Item.failed("Self-check", message, REMEDY)), List.of());
    }

    /**
     * Performs an action that {@link #awaitResult} has listed.
     *
     * @throws ApiException 404 if it does not exist any more, 409 while another is running, 502 with the reason if it failed
     */
    void performAction(String action, long timeoutMillis) throws ApiException {
        if (!acting.compareAndSet(false, true)) {
            throw new ApiException(409, "busy", "An action of this device is running; try again in a moment.");
        }
        try {
            submitAction(action).get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw toApiException(action, e.getCause());
        } catch (TimeoutException e) {
            throw new ApiException(502, "not_done", "The device has not answered in time; check whether the action has worked.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "unavailable", "Catseye's web server is being stopped.");
        }
    }

    private Future<?> submitAction(String action) throws ApiException {
        try {
            return threads.submit(() -> {
                try {
                    check.performAction(action);
                    return null;
                } finally {
                    acting.set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            acting.set(false);
            throw new ApiException(503, "unavailable", "Catseye's web server is being stopped.");
        }
    }

    private ApiException toApiException(String action, Throwable cause) {
        if (cause instanceof IllegalArgumentException) {
            return new ApiException(404, "unknown_action", "The device does not offer this action any more.");
        }
        if (!(cause instanceof IOException)) {
            LOG.warn("The action {} of {} failed", action, name, cause);
        }
        return new ApiException(502, "not_done", "This did not work: " + (cause instanceof IOException ? cause.getMessage() : cause.toString()) + ".");
    }
}
