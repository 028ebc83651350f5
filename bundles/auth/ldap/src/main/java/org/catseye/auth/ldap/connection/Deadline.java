package org.catseye.auth.ldap.connection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The end of the time that all steps of one call share.
 *
 * @param untilNanos by {@link System#nanoTime}
 */
public record Deadline(long untilNanos) {

    public static Deadline afterDelay(Duration delay) {
        return new Deadline(System.nanoTime() + delay.toNanos());
    }

    /** The remaining time, at least 1, because 0 would mean no limit. */
    public int remainingMillis() {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(untilNanos - System.nanoTime()));
    }

    /** The end of the first of {@code parts} equal parts of the remaining time. */
    public Deadline divideBy(int parts) {
        long now = System.nanoTime();
        return new Deadline(now + Math.max(0, untilNanos - now) / parts);
    }
}
