package org.catseye.concurrent;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets one action of a device run at a time, on a thread of its own and for a limited time, so that a device that hangs does not hold the
 * caller's thread. The thread ends after ten idle seconds. Thread-safe.
 *
 * @param <A> what describes an action
 */
public final class SingleAction<A> implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Duration limit;
    private final ExecutorService thread;
    private final AtomicReference<A> running = new AtomicReference<>();

    /**
     * @param threadName for a thread dump
     * @param limit how long a caller waits; then the action is interrupted
     */
    public SingleAction(String threadName, Duration limit) {
        this.limit = limit;
        thread = NamedThreads.newIdlingPool(1, IDLE, NamedThreads.withName(threadName));
    }

    /** The action that is being performed. */
    public Optional<A> running() {
        return Optional.ofNullable(running.get());
    }

    /**
     * Performs an action, unless another one is being performed.
     *
     * @param check is called first, on this thread; if it throws, nothing is performed
     * @param work the action; stays {@link #running()} until it returns, even when nobody waits for it any more
     * @param <X> what the check throws
     * @return the other action that is being performed; empty if this one is done
     * @throws ExecutionException what the work threw
     * @throws TimeoutException if it took too long; it was interrupted
     * @throws RejectedExecutionException after {@link #close()}
     */
    public <X extends Exception> Optional<A> perform(A action, Check<X> check, Callable<?> work)
            throws X, ExecutionException, TimeoutException, InterruptedException {
        A other = running.compareAndExchange(null, action);
        if (other != null) {
            return Optional.of(other);
        }
        Future<?> result = null;
        try {
            check.run();
            result = thread.submit(() -> {
                try {
                    return work.call();
                } finally {
                    running.set(null);
                }
            });
        } finally {
            if (result == null) {
                running.set(null);
            }
        }
        try {
            result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw e;
        }
        return Optional.empty();
    }

    /** Something that has to hold before an action is performed. */
    @FunctionalInterface
    public interface Check<X extends Exception> {
        void run() throws X;
    }

    /** Interrupts the action under way. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
