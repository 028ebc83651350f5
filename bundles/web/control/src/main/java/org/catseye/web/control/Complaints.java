package org.catseye.web.control;

import java.util.concurrent.TimeUnit;

/** How often one sender is told off: a flood of garbage must not become a flood of answers. Thread-safe. */
final class Complaints {

    static final int MOST_PER_SECOND = 20;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long PRICE = SECOND / MOST_PER_SECOND;

    /** Grows with time up to one second's worth; an answer costs {@link #PRICE}. */
    private long credit = SECOND;
    private long last;
    private long lastSummary;
    private int kept;

    Complaints(long now) {
        last = now;
        lastSummary = now;
    }

    /** Whether to answer this one. If not, it is counted. */
    synchronized boolean allows(long now) {
        credit = Math.min(SECOND, credit + now - last);
        last = now;
        if (credit < PRICE) {
            kept++;
            return false;
        }
        credit -= PRICE;
        return true;
    }

    /** How many were not answered since the last summary; 0 also if that was less than a second ago. */
    synchronized int summary(long now) {
        if (kept == 0 || now - lastSummary < SECOND) {
            return 0;
        }
        int count = kept;
        kept = 0;
        lastSummary = now;
        return count;
    }
}
