package org.catseye.web.socket.connection;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.Connection;

/**
 * Limits the open sockets and streams of each user, over all sessions and tokens: one user must not use up the device for all. A place is
 * released when its connection closes. If the close is never reported, because the connection broke during the takeover, the place counts only as
 * long as the connection is open. Thread-safe.
 */
public final class ConnectionQuota {

    /** A user with many tabs has a dozen. */
    public static final int MAX_OPEN = 100;

    /** Guarded by itself. */
    private final Map<String, Set<Place>> places = new HashMap<>();

    /** The place of one socket or stream that is open or is being opened. */
    public final class Place implements Connection.Listener {

        private final String user;
        private final BooleanSupplier open;

        private Place(String user, BooleanSupplier open) {
            this.user = user;
            this.open = open;
        }

        /** Without effect if it was released before. */
        public void release() {
            synchronized (places) {
                Set<Place> own = places.get(user);
                if (own != null && own.remove(this) && own.isEmpty()) {
                    places.remove(user);
                }
            }
        }

        private boolean isBroken() {
            return !open.getAsBoolean();
        }

        @Override
        public void onClosed(Connection connection) {
            release();
        }
    }

    /**
     * @param open whether the client's connection is still open; called under a lock, must not block
     * @return empty if the user has {@link #MAX_OPEN} already
     */
    public Optional<Place> reserve(String user, BooleanSupplier open) {
        synchronized (places) {
            Set<Place> own = places.computeIfAbsent(user, name -> new HashSet<>());
            own.removeIf(Place::isBroken);
            if (own.size() >= MAX_OPEN) {
                return Optional.empty();
            }
            Place place = new Place(user, open);
            own.add(place);
            return Optional.of(place);
        }
    }

    public int countPlaces(String user) {
        synchronized (places) {
            return (int) places.getOrDefault(user, Set.of()).stream().filter(place -> !place.isBroken()).count();
        }
    }
}
