package org.catseye.hid.gadget.drives;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.catseye.concurrent.NamedThreads;

/**
 * Makes calls one after the other on a thread of their own, and waits for each only for a limited time. The kernel lets a change of a
 * drive wait, without a limit and without a way to interrupt it, until the remote computer has ended its current transfer. If that
 * computer stopped in the middle, this would be until it is restarted or unplugged.
 */
final class BoundedCalls implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(20);

    private final ThreadPoolExecutor executor;

    BoundedCalls(String threadName) {
        executor = NamedThreads.newIdlingPool(1, IDLE, NamedThreads.withName(threadName));
    }

    /**
     * Makes a call. If it takes too long, it is left to itself, and {@code late} runs when it has ended after all.
     *
     * @throws TimeoutException if this call, or one before it, takes too long
     */
    <T> T call(Callable<T> call, long timeoutMillis, Runnable late) throws IOException, InterruptedException, TimeoutException {
        AtomicBoolean begun = new AtomicBoolean();
        FutureTask<T> task = new FutureTask<>(() -> {
            begun.set(true);
            return call.call();
        });
        Runnable withEnd = () -> {
            task.run();
            if (task.isCancelled() && begun.get()) {
                late.run();
            }
        };
        try {
            executor.execute(withEnd);
        } catch (RejectedExecutionException e) {
            throw new IOException("The drive has been removed.", e);
        }
        try {
            return task.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException expected) {
                throw expected;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            // Without effect on a call that has ended. A call that has not begun must not begin later.
            task.cancel(false);
            executor.remove(withEnd);
        }
    }

    /** Ends the thread after the current call, and does not wait for it. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
