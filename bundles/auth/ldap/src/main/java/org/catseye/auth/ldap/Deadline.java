package org.catseye.auth.ldap;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The end of the time that all steps of one call share.
 *
 * @param untilNanos by {@link System#nanoTime}
 */
record Deadline(long untilNanos) {

    static Deadline afterDelay(Duration delay) {
        return new Deadline(System.nanoTime() + delay.toNanos());
    }

    /** The remaining time, at least 1, because 0 would mean no limit. */
    int remainingMillis() {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(untilNanos - System.nanoTime()));
    }

    /** The end of the first of {@code parts} equal parts of the remaining time. */
    Deadline divideBy(int parts) {
        long now = System.nanoTime();
        return new Deadline(now + Math.max(0, untilNanos - now) / parts);
    }
}
