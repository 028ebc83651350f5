package org.catseye.core.access;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When a refused login gets its answer, if several authenticators are asked one after the other: not before as much time has gone by as the
 * slowest refusal of late took, in steps of {@value #STEP_MILLIS} ms. So the time does not tell who of them knows the name. With one
 * authenticator there is nothing to hide beyond what it hides itself. Thread-safe.
 */
final class Refusals {

    static final long STEP_MILLIS = 250;
    /** No longer than this, since a thread of the web server waits. */
    private static final Duration MOST = Duration.ofSeconds(12);

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void nanos(long nanos) throws InterruptedException;
    }

    private final LongSupplier nanos;
    private final Pause pause;
    /** In steps. Falls by one with each refusal, so that one bad moment is not for ever. */
    private long steps = 1;

    Refusals(LongSupplier nanos, Pause pause) {
        this.nanos = nanos;
        this.pause = pause;
    }

    /** @param began of the login, by the clock of this */
    void await(long began) {
        long step = TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS);
        long taken = nanos.getAsLong() - began;
        long until;
        synchronized (this) {
            steps = Math.min(MOST.toNanos() / step, Math.max(steps - 1, taken / step + 1));
            until = steps * step;
        }
        try {
            pause.nanos(Math.max(0, until - taken));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
