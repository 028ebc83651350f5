package org.catseye.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that changes only when the test advances it. Thread-safe. */
public final class FakeTime implements InstantSource {

    private volatile Instant now = Instant.parse("2026-01-31T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** The same time for code that measures durations, as a substitute for {@link System#nanoTime}. */
    public long nanos() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    /** @param time how far to advance the clock; negative to set it back */
    public void pass(Duration time) {
        now = now.plus(time);
    }
}
