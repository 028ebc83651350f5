package org.catseye.web.rest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catseye.access.Session;

/**
 * Who may keep a thread waiting for a body. Strangers and those with a session have places of their own, so that neither can take the
 * others'; and one user has few, so that no token, however small its rights, takes all. Thread-safe.
 */
final class BodyPlaces {

    /** A quarter of the server's 24 threads each. */
    static final int AT_ONCE = 6;
    static final int OF_ONE_USER = 2;

    private static final Map<String, String> LATER = Map.of("Retry-After", "1", "Connection", "close");

    /** Guards what follows. */
    private final Object lock = new Object();
    private final Map<String, Integer> byUser = new HashMap<>();
    private int users;
    private int strangers;

    /**
     * @param session of who asks; empty for a stranger
     * @return gives the place back; to be run once
     * @throws ApiException 429 if the user has as many as one may, 503 if all are taken
     */
    Runnable take(Optional<Session> session) throws ApiException {
        return session.isPresent() ? take(session.get().user()) : takeStrangers();
    }

    private Runnable takeStrangers() throws ApiException {
        synchronized (lock) {
            if (strangers == AT_ONCE) {
                throw new ApiException(503, "busy", "Too many are logging in just now; try again in a second.", LATER);
            }
            strangers++;
        }
        return () -> {
            synchronized (lock) {
                strangers--;
            }
        };
    }

    private Runnable take(String user) throws ApiException {
        synchronized (lock) {
            if (byUser.getOrDefault(user, 0) == OF_ONE_USER) {
                throw new ApiException(429, "busy", "The bodies of " + OF_ONE_USER + " of your requests are still awaited; send each at once with its head, and try again in a second.", LATER);
            }
            if (users == AT_ONCE) {
                throw new ApiException(503, "busy", "Too many requests are sent slowly just now; try again in a second.", LATER);
            }
            users++;
            byUser.merge(user, 1, Integer::sum);
        }
        return () -> {
            synchronized (lock) {
                users--;
                byUser.compute(user, (name, count) -> count == 1 ? null : count - 1);
            }
        };
    }
}
