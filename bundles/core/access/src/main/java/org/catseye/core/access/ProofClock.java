package org.catseye.core.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Measures how old a proof is.
 *
 * @param time the wall clock, which may be set back or forward at any moment
 * @param nanos a clock that only goes forward, like {@link System#nanoTime}
 * @param maxAge how old a proof may be
 */
record ProofClock(InstantSource time, LongSupplier nanos, Duration maxAge) {
}
