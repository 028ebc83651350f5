package org.catseye.concurrent;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Reads devices while somebody asks for their state, on a thread of its own, so that a device that hangs delays nobody who asks. What was
 * read is kept by the reading itself. The thread ends after ten idle seconds. Thread-safe.
 */
public final class BackgroundReading implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Runnable reading;
    private final long freshNanos;
    private final long limitNanos;
    private final LongSupplier clock;
    private final ExecutorService thread;
    /** Guarded by this: the reading under way, and when it began; null before the first one. */
    private Future<?> current;
    private long since;
    private volatile long freshUntil;

    /**
     * @param threadName for a thread dump
     * @param reading reads all devices, and keeps what they report; may block. It must not throw
     * @param fresh how long a reading is not repeated
     * @param limit how long {@link #awaitReading()} waits; a reading that takes longer is {@link #isStuck() stuck}
     * @param clock nanoseconds
     */
    public BackgroundReading(String threadName, Runnable reading, Duration fresh, Duration limit, LongSupplier clock) {
        this.reading = reading;
        this.clock = clock;
        freshNanos = fresh.toNanos();
        limitNanos = limit.toNanos();
        freshUntil = clock.getAsLong();
        thread = NamedThreads.newIdlingPool(1, IDLE, NamedThreads.withName(threadName));
    }

    /** Starts a reading if the latest one is not fresh and none is under way. Never blocks. */
    public void startIfDue() {
        submitIfDue();
    }

    /**
     * Waits for the reading under way, or for one that is started because the latest one is not fresh.
     *
     * @return whether it is complete; false if it took too long
     */
    public boolean awaitReading() throws InterruptedException {
        Optional<Future<?>> started = submitIfDue();
        if (started.isEmpty()) {
            return true;
        }
        try {
            started.get().get(limitNanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** @return the reading under way; empty if the latest one is fresh enough */
    private synchronized Optional<Future<?>> submitIfDue() {
        if (current != null && !current.isDone()) {
            return Optional.of(current);
        }
        if (clock.getAsLong() - freshUntil < 0) {
            return Optional.empty();
        }
        try {
            since = clock.getAsLong();
            current = thread.submit(() -> {
                reading.run();
                freshUntil = clock.getAsLong() + freshNanos;
            });
            return Optional.of(current);
        } catch (RejectedExecutionException e) {
            return Optional.empty(); // It is closed.
        }
    }

    /** Whether a reading has been under way for longer than the limit. */
    public synchronized boolean isStuck() {
        return current != null && !current.isDone() && clock.getAsLong() - since > limitNanos;
    }

    /** The state has changed: the latest reading is no longer fresh. */
    public void expire() {
        freshUntil = clock.getAsLong();
    }

    /** Interrupts a reading under way. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
