package org.catseye.core.access.login;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Delays the answer to a refused login, if several authenticators are asked one after the other, until as much time has passed as the slowest recent
 * refusal took, in steps of {@value #STEP_MILLIS} ms. The time then doesn't reveal which of them has a user of this name. Thread-safe. This is no
 * {@link org.catseye.concurrent.TokenBucket}: it makes refusals take equally long, and limits no rate.
 */
public final class RefusalDelay {

    static final long STEP_MILLIS = 250;
    /** Limited, because a thread of the web server waits. */
    private static final Duration MAX_DELAY = Duration.ofSeconds(12);

    /** Waits for so many nanoseconds. */
    @FunctionalInterface
    public interface Pause {
        void pauseNanos(long nanos) throws InterruptedException;
    }

    private final LongSupplier nanos;
    private final Pause pause;
    /** Decreases by one with each refusal, so that one slow answer has no lasting effect. */
    private long steps = 1;

    public RefusalDelay(LongSupplier nanos, Pause pause) {
        this.nanos = nanos;
        this.pause = pause;
    }

    /** @param startNanos when the login started, by the clock of this delay */
    public void awaitEnd(long startNanos) {
        long step = TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS);
        long taken = nanos.getAsLong() - startNanos;
        long until;
        synchronized (this) {
            steps = Math.min(MAX_DELAY.toNanos() / step, Math.max(steps - 1, taken / step + 1));
            until = steps * step;
        }
        try {
            pause.pauseNanos(Math.max(0, until - taken));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
