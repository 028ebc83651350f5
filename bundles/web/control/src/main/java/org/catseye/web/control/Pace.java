package org.catseye.web.control;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How often a user, with all his tabs, changes who is in control of a target: each change releases keys, is told to everybody and goes on record. Remembers
 * only who did so within the last second. Thread-safe.
 */
final class Pace {

    static final int MOST_PER_SECOND = 5;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long PRICE = SECOND / MOST_PER_SECOND;

    /** When a user's credit is whole again; at most a second from now. Guarded by this. */
    private final Map<String, Long> wholeAt = new HashMap<>();

    /** Whether he may now. If so, it counts. */
    synchronized boolean allows(String user, long now) {
        wholeAt.values().removeIf(at -> now - at >= 0);
        long at = wholeAt.getOrDefault(user, now) + PRICE;
        if (at - now > SECOND) {
            return false;
        }
        wholeAt.put(user, at);
        return true;
    }

    /** How many are remembered. */
    synchronized int size() {
        return wholeAt.size();
    }
}
