package org.catseye.web.socket;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.Connection;

/**
 * How many sockets and streams each user has open, by however many sessions and tokens: one user must not use up the device for all. A
 * seat is given back when its connection closes; should nobody say so, because the connection broke while it changed hands, the seat
 * still counts only as long as the connection is open. Thread-safe.
 */
final class Seats {

    /** A person with many tabs has a dozen. */
    static final int MOST = 100;

    /** Guarded by itself. */
    private final Map<String, Set<Seat>> taken = new HashMap<>();

    /** One open socket or stream, or one about to be. */
    final class Seat implements Connection.Listener {

        private final String user;
        private final BooleanSupplier open;

        private Seat(String user, BooleanSupplier open) {
            this.user = user;
            this.open = open;
        }

        /** Gives it back. Again is as once. */
        void leave() {
            synchronized (taken) {
                Set<Seat> theirs = taken.get(user);
                if (theirs != null && theirs.remove(this) && theirs.isEmpty()) {
                    taken.remove(user);
                }
            }
        }

        private boolean broken() {
            return !open.getAsBoolean();
        }

        @Override
        public void onClosed(Connection connection) {
            leave();
        }
    }

    /**
     * @param open whether the connection it is for is still there; asked under a lock, must not block
     * @return empty if the user has {@link #MOST} already
     */
    Optional<Seat> take(String user, BooleanSupplier open) {
        synchronized (taken) {
            Set<Seat> theirs = taken.computeIfAbsent(user, name -> new HashSet<>());
            theirs.removeIf(Seat::broken);
            if (theirs.size() >= MOST) {
                return Optional.empty();
            }
            Seat seat = new Seat(user, open);
            theirs.add(seat);
            return Optional.of(seat);
        }
    }

    /** How many a user has. */
    int taken(String user) {
        synchronized (taken) {
            return (int) taken.getOrDefault(user, Set.of()).stream().filter(seat -> !seat.broken()).count();
        }
    }
}
