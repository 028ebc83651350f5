package org.catseye.web.rest;

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
 * A self-check at arm's length: it runs on threads of its own, one that looks and one that acts at most, and is waited for so long
 * and no longer. A device that hangs costs these two threads, however often people ask. Thread-safe.
 */
final class CheckedDevice {

    private static final Logger LOG = LoggerFactory.getLogger(CheckedDevice.class);
    private static final String MEND = "Try again. If it stays so, see the log, and restart the device's bundle.";

    private final SelfCheck check;
    private final String name;
    private final ExecutorService threads;
    private final AtomicBoolean acting = new AtomicBoolean();
    /** The look that is under way or was the last; null before the first. Under the monitor. */
    private Future<Found> looking;

    /** What a look found. */
    record Found(String title, List<Item> items, List<Action> actions) {
    }

    /** @param name what to call it when it cannot say itself */
    CheckedDevice(SelfCheck check, String name, ExecutorService threads) {
        this.check = check;
        this.name = name;
        this.threads = threads;
    }

    /** Begins to look, unless somebody's look is under way, which then serves both. */
    synchronized void begin() {
        if (looking == null || looking.isDone()) {
            try {
                looking = threads.submit(() -> new Found(Objects.requireNonNull(check.title(), "title"), List.copyOf(check.checkItems()), List.copyOf(check.availableActions())));
            } catch (RejectedExecutionException e) {
                looking = null;
            }
        }
    }

    /** What the look found that {@link #begin()} began; in words, as an item, if it found nothing. Blocks until {@code end} (System.nanoTime). */
    Found found(long end) {
        Future<Found> look;
        synchronized (this) {
            look = looking;
        }
        if (look == null) {
            return broken("Catseye's web side is just being stopped.");
        }
        try {
            return look.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return broken("The device's check of itself gives no answer.");
        } catch (ExecutionException e) {
            LOG.warn("The self-check of {} failed", name, e.getCause());
            return broken("The device's check of itself failed: " + e.getCause() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return broken("Catseye's web side is just being stopped.");
        }
    }

    private Found broken(String words) {
        return new Found(name, List.of(Item.failed("Self-check", words, MEND)), List.of());
    }

    /**
     * Does an action that {@link #found} has shown.
     *
     * @throws ApiException 404 if it is not there any more, 409 while one is under way, 502 with the reason if it did not work
     */
    void act(String action, long patienceMillis) throws ApiException {
        if (!acting.compareAndSet(false, true)) {
            throw new ApiException(409, "busy", "An action of this device is under way; try again in a moment.");
        }
        try {
            submit(action).get(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refusal(action, e.getCause());
        } catch (TimeoutException e) {
            throw new ApiException(502, "not_done", "The device has not answered in time; look whether it has worked.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "unavailable", "Catseye's web side is just being stopped.");
        }
    }

    private Future<?> submit(String action) throws ApiException {
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
            throw new ApiException(503, "unavailable", "Catseye's web side is just being stopped.");
        }
    }

    private ApiException refusal(String action, Throwable cause) {
        if (cause instanceof IllegalArgumentException) {
            return new ApiException(404, "unknown_action", "The device has no such action any more.");
        }
        if (!(cause instanceof IOException)) {
            LOG.warn("The action {} of {} failed", action, name, cause);
        }
        return new ApiException(502, "not_done", "This did not work: " + (cause instanceof IOException ? cause.getMessage() : cause.toString()) + ".");
    }
}
