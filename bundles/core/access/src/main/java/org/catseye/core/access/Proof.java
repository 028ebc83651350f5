package org.catseye.core.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a user last proved who they are. Its age is the longer of two, by the wall clock and by a clock that only goes forward: setting the wall
 * clock back makes no old proof recent again, and a device that boots with a slow clock notices once the clock is set. Immutable.
 */
final class Proof {

    private final ProofClock clock;
    private final Optional<Instant> at;
    /** By the clock that only goes forward; without meaning if there was no proof. */
    private final long atNanos;

    private Proof(ProofClock clock, Optional<Instant> at, long atNanos) {
        this.clock = clock;
        this.at = at;
        this.atNanos = atNanos;
    }

    static Proof justNow(ProofClock clock) {
        return new Proof(clock, Optional.of(clock.time().instant()), clock.nanos().getAsLong());
    }

    /** A proof of before a restart. One that lies in the future, or was not recorded, is none. */
    static Proof recorded(Optional<Instant> recorded, ProofClock clock) {
        Instant now = clock.time().instant();
        Optional<Instant> usable = recorded.filter(at -> !at.isAfter(now) && at.isAfter(now.minus(clock.maxAge())));
        return usable.map(at -> new Proof(clock, usable, clock.nanos().getAsLong() - Duration.between(at, now).toNanos()))
                .orElseGet(() -> new Proof(clock, Optional.empty(), 0));
    }

    boolean isRecent() {
        return at.isPresent() && age().compareTo(clock.maxAge()) < 0;
    }

    private Duration age() {
        Duration byWallClock = Duration.between(at.orElseThrow(), clock.time().instant());
        Duration passed = Duration.ofNanos(clock.nanos().getAsLong() - atNanos);
        return byWallClock.compareTo(passed) > 0 ? byWallClock : passed;
    }

    /** As it goes to the disk: by the wall clock as it is now set, so that a restart finds the true age. Empty if it is too old. */
    Optional<Instant> toRecord() {
        return isRecent() ? Optional.of(clock.time().instant().minus(age())) : Optional.empty();
    }
}
