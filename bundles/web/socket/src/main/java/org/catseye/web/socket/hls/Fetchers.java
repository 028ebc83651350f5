package org.catseye.web.socket.hls;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The users who fetched a playlist recently. Thread-safe. */
final class Fetchers {

    private final long timeout;
    /** When each user fetched it last; guarded by itself, as is the next field. */
    private final Map<String, Long> fetched = new HashMap<>();
    private long last;

    /**
     * @param timeout after which a user counts no more, in nanoseconds
     * @param now the time, also in what follows: {@link System#nanoTime}
     */
    Fetchers(long timeout, long now) {
        this.timeout = timeout;
        last = now;
    }

    void record(String user, long now) {
        synchronized (fetched) {
            removeOld(now);
            fetched.put(user, now);
            last = now;
        }
    }

    /** Whether nobody fetches it any more. */
    boolean areGone(long now) {
        synchronized (fetched) {
            return now - last > timeout;
        }
    }

    /** The user who is the only one; empty if there are several or none. */
    Optional<String> findOnly(long now) {
        synchronized (fetched) {
            removeOld(now);
            return fetched.size() == 1 ? fetched.keySet().stream().findFirst() : Optional.empty();
        }
    }

    private void removeOld(long now) {
        fetched.values().removeIf(time -> now - time > timeout);
    }
}
