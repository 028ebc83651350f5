package org.catseye.core.access.proof;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The clocks that measure the age of a proof of identity.
 *
 * @param time the wall clock, which may be set back or forward at any time
 * @param nanos a clock that only goes forward, like {@link System#nanoTime}
 * @param maxAge how old a proof may currently be; may change at any time
 */
public record ProofClock(InstantSource time, LongSupplier nanos, Supplier<Duration> maxAge) {
}
