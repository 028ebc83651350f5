package org.catseye.concurrent;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Finds out that a peer keeps a stream open while it brings next to nothing. Not thread-safe. */
public final class MinimumRate {

    private final long minBytes;
    private final long periodNanos;
    private final LongSupplier clock;
    private long since;
    private long received;

    /**
     * Begins the first period.
     *
     * @param minBytes how much has to come in each period
     * @param clock nanoseconds
     */
    public MinimumRate(long minBytes, Duration period, LongSupplier clock) {
        this.minBytes = minBytes;
        this.periodNanos = period.toNanos();
        this.clock = clock;
        since = clock.getAsLong();
    }

    /**
     * To be called after each read.
     *
     * @param read how many bytes it brought; below 0 at the end of the stream, which is never too slow
     * @return whether too little came in a period that this read ends; another period begins then
     */
    public boolean isTooSlow(int read) {
        received += Math.max(0, read);
        if (read < 0 || clock.getAsLong() - since <= periodNanos) {
            return false;
        }
        boolean tooSlow = received < minBytes;
        since = clock.getAsLong();
        received = 0;
        return tooSlow;
    }
}
