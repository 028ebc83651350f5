package org.catseye.core.watchdog.usage;

import java.util.Set;

/**
 * What the threads of a bundle used between two samples.
 *
 * @param ownNanos processor time of its own threads
 * @param callbackNanos processor time of threads of others inside its code
 * @param threads the ids of its own threads, and of those of others that are inside its code
 */
public record ThreadUsage(long ownNanos, long callbackNanos, Set<Long> threads) {

    public static final ThreadUsage NONE = new ThreadUsage(0, 0, Set.of());

    public ThreadUsage {
        threads = Set.copyOf(threads);
    }

    public long nanos() {
        return ownNanos + callbackNanos;
    }
}
