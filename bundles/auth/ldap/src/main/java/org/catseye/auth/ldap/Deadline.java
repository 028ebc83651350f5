package org.catseye.auth.ldap;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Until when all steps of one question have to be done. */
record Deadline(long untilNanos) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** What is left; one at least, since 0 would mean for ever. */
    int millis() {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(untilNanos - System.nanoTime()));
    }

    /** The first of {@code parts} equal parts of what is left. */
    Deadline share(int parts) {
        long now = System.nanoTime();
        return new Deadline(now + Math.max(0, untilNanos - now) / parts);
    }
}
