package org.catseye.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until the test moves it. Thread-safe. */
public final class FakeTime implements InstantSource {

    private volatile Instant now = Instant.parse("2026-01-31T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** The same time for code that measures durations, in the place of {@link System#nanoTime}. */
    public long nanos() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    /** @param time negative to set the clock back */
    public void pass(Duration time) {
        now = now.plus(time);
    }
}
