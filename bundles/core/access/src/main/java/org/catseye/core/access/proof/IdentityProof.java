package org.catseye.core.access.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a user last proved who they are. Its age is the longer of two, by the wall clock and by a clock that only goes forward: setting the wall
 * clock back makes no old proof recent again, and a device that boots with a slow clock notices once the clock is set. Immutable.
 */
public final class IdentityProof {

    private final ProofClock clock;
    private final Optional<Instant> at;
    /** By the clock that only goes forward; meaningless if there was no proof. */
    private final long atNanos;

    private IdentityProof(ProofClock clock, Optional<Instant> at, long atNanos) {
        this.clock = clock;
        this.at = at;
        this.atNanos = atNanos;
    }

    public static IdentityProof createNow(ProofClock clock) {
        return new IdentityProof(clock, Optional.of(clock.time().instant()), clock.nanos().getAsLong());
    }

    /** A proof from before a restart. If there is no record, or one in the future, the result is not recent. */
    public static IdentityProof fromRecord(Optional<Instant> recorded, ProofClock clock) {
        Instant now = clock.time().instant();
        Optional<Instant> usable = recorded.filter(at -> !at.isAfter(now) && at.isAfter(now.minus(clock.maxAge().get())));
        return usable.map(at -> new IdentityProof(clock, usable, clock.nanos().getAsLong() - Duration.between(at, now).toNanos()))
                .orElseGet(() -> new IdentityProof(clock, Optional.empty(), 0));
    }

    public boolean isRecent() {
        return at.isPresent() && computeAge().compareTo(clock.maxAge().get()) < 0;
    }

    private Duration computeAge() {
        Duration byWallClock = Duration.between(at.orElseThrow(), clock.time().instant());
        Duration passed = Duration.ofNanos(clock.nanos().getAsLong() - atNanos);
        return byWallClock.compareTo(passed) > 0 ? byWallClock : passed;
    }

    /** The time for the file: by the current wall clock, so that a restart finds the true age. Empty if the proof is too old. */
    public Optional<Instant> toRecord() {
        return isRecent() ? Optional.of(clock.time().instant().minus(computeAge())) : Optional.empty();
    }
}
