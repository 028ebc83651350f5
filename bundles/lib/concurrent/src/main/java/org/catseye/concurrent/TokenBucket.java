package org.catseye.concurrent;

import java.util.concurrent.TimeUnit;

/**
 * Limits how often something happens: {@code capacity} times at once, and then once per refill interval. Time is passed in, from a clock
 * that only goes forward such as {@link System#nanoTime}. Thread-safe; no method blocks.
 */
public final class TokenBucket {

    private final long capacityNanos;
    private final long intervalNanos;
    /** Guarded by this: the credit, in nanoseconds of refill time, and when it was last computed. */
    private long creditNanos;
    private long updatedNanos;

    /**
     * A bucket that is full.
     *
     * @param capacity how many at once, from 1
     * @param intervalNanos time in which one token comes back
     * @param nowNanos the clock's time
     */
    public TokenBucket(int capacity, long intervalNanos, long nowNanos) {
        if (capacity < 1 || intervalNanos < 1) {
            throw new IllegalArgumentException("a bucket of " + capacity + " tokens, one each " + intervalNanos + " ns, lets nothing through");
        }
        this.intervalNanos = intervalNanos;
        this.capacityNanos = Math.multiplyExact(intervalNanos, (long) capacity);
        this.creditNanos = capacityNanos;
        this.updatedNanos = nowNanos;
    }

    /** A full bucket for so many per second, all of which may come at once. */
    public static TokenBucket perSecond(int tokens, long nowNanos) {
        return new TokenBucket(tokens, TimeUnit.SECONDS.toNanos(1) / tokens, nowNanos);
    }

    /** Takes a token if there is one. */
    public synchronized boolean tryAcquire(long nowNanos) {
        refill(nowNanos);
        if (creditNanos < intervalNanos) {
            return false;
        }
        creditNanos -= intervalNanos;
        return true;
    }

    /** Whether every token is back, so that the bucket could as well be a new one. */
    public synchronized boolean isFull(long nowNanos) {
        refill(nowNanos);
        return creditNanos == capacityNanos;
    }

    /** How long until {@link #tryAcquire} can succeed; 0 if it can now. */
    public synchronized long nanosUntilAvailable(long nowNanos) {
        refill(nowNanos);
        return Math.max(0, intervalNanos - creditNanos);
    }

    private void refill(long nowNanos) {
        creditNanos = Math.min(capacityNanos, creditNanos + Math.max(0, nowNanos - updatedNanos));
        updatedNanos = nowNanos;
    }
}
