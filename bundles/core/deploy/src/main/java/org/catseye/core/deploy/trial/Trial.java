package org.catseye.core.deploy.trial;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Watches a new version until it has been good for a while, is bad, or the time is over. */
final class Trial {

    private static final long POLL_MILLIS = 250;

    /** Waits; tests let the time pass instead. */
    @FunctionalInterface
    interface Pause {
        void sleepMillis(long millis) throws InterruptedException;
    }

    private final LongSupplier nanoClock;
    private final Pause pause;

    Trial(LongSupplier nanoClock, Pause pause) {
        this.nanoClock = nanoClock;
        this.pause = pause;
    }

    /**
     * Returns why the new version must not stay; empty if it may.
     *
     * @param maxNanos after this time, a version that is pending is bad
     * @param settleNanos how long a version has to be good without interruption, also after the maximum
     */
    Optional<String> watch(Supplier<Verdict> current, long maxNanos, long settleNanos) throws InterruptedException {
        long begin = nanoClock.getAsLong();
        long goodSince = begin;
        while (true) {
            Verdict verdict = current.get();
            long now = nanoClock.getAsLong();
            switch (verdict.kind()) {
                case BAD -> {
                    return Optional.of(verdict.reason());
                }
                case PENDING -> {
                    if (now - begin >= maxNanos) {
                        return Optional.of(verdict.reason());
                    }
                    goodSince = now;
                }
                default -> {
                    if (now - goodSince >= settleNanos) {
                        return Optional.empty();
                    }
                }
            }
            pause.sleepMillis(POLL_MILLIS);
        }
    }
}
