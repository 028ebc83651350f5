package org.catseye.web.socket.server;

import java.util.HashMap;
import java.util.Map;

/** Bounds the memory for answers that clients have not taken yet, in all and for each user. Thread-safe. */
final class WriteBudget {

    static final long MAX_FOR_STRANGERS = 6 << 20;
    static final long MAX_FOR_USERS = 8 << 20;
    static final long MAX_FOR_ONE_USER = 2 << 20;
    static final long MAX_FOR_ONE_ANSWER = 256 << 10;

    /** Guarded by itself; the user "" stands for all callers without a session. */
    private final Map<String, Long> taken = new HashMap<>();

    /** @return whether there was room; then {@link #releaseBytes} has to follow */
    boolean reserveBytes(String user, long bytes) {
        synchronized (taken) {
            long own = taken.getOrDefault(user, 0L);
            long users = taken.values().stream().mapToLong(Long::longValue).sum() - taken.getOrDefault("", 0L);
            boolean room = user.isEmpty() ? own + bytes <= MAX_FOR_STRANGERS : own + bytes <= MAX_FOR_ONE_USER && users + bytes <= MAX_FOR_USERS;
            if (room) {
                taken.put(user, own + bytes);
            }
            return room;
        }
    }

    void releaseBytes(String user, long bytes) {
        synchronized (taken) {
            taken.computeIfPresent(user, (name, own) -> own <= bytes ? null : Long.valueOf(own - bytes));
        }
    }

    long taken() {
        synchronized (taken) {
            return taken.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
