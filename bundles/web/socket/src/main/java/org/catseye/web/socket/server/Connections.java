package org.catseye.web.socket.server;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.catseye.web.socket.server.ClientConnection.Phase;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;

/**
 * All HTTP connections of this device, of every port. A new connection is always accepted: it may be that of a logged-in user, which
 * shows only when the head of its request was read. When there are too many without a session, one that waits for its client is
 * closed instead, the oldest of the address that has the most. Thread-safe.
 */
public final class Connections implements Connection.Listener {

    static final int MAX_STRANGERS = 192;
    /** New connections may go beyond the limit up to here, so that each has the time to show whose it is. */
    static final int MAX_NEW_STRANGERS = 512;
    static final long NEW_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final int MAX_OF_ONE_USER = 128;
    static final long HEAD_TIMEOUT = TimeUnit.SECONDS.toNanos(15);
    static final long WRITE_TIMEOUT = TimeUnit.SECONDS.toNanos(20);
    static final long USER_WRITE_TIMEOUT = TimeUnit.SECONDS.toNanos(120);

    private final Callers callers;
    private final LongSupplier nanos;
    /** Guarded by itself, as are the users of its values. */
    private final Map<EndPoint, ClientConnection> open = new HashMap<>();

    Connections(Callers callers, LongSupplier nanos) {
        this.callers = callers;
        this.nanos = nanos;
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint endPoint = socketOf(connection.getEndPoint());
        String peer = ClientAddress.of(endPoint);
        ClientConnection added = new ClientConnection(endPoint, ClientAddress.network(peer), callers.isProxy(peer), nanos.getAsLong());
        Optional<ClientConnection> victim = Optional.empty();
        synchronized (open) {
            if (open.putIfAbsent(endPoint, added) == null) {
                victim = tooMany(one -> one.user().isEmpty(), MAX_STRANGERS) ? victim(added) : victim;
                victim = victim.filter(one -> one.waitedNanos(nanos.getAsLong()) >= NEW_NANOS || open.size() > MAX_NEW_STRANGERS);
            }
        }
        victim.ifPresent(one -> close(one, "too many connections without a session"));
    }

    /** Also when another protocol takes the connection over: then it counts as one of its user's sockets. */
    @Override
    public void onClosed(Connection connection) {
        synchronized (open) {
            open.remove(socketOf(connection.getEndPoint()));
        }
    }

    Optional<ClientConnection> find(EndPoint endPoint) {
        synchronized (open) {
            return Optional.ofNullable(open.get(socketOf(endPoint)));
        }
    }

    /** A request on the connection has shown whose it is. */
    void identify(ClientConnection connection, String user) {
        if (connection.user().equals(user)) {
            return;
        }
        Optional<ClientConnection> victim = Optional.empty();
        synchronized (open) {
            connection.setUser(user);
            Predicate<ClientConnection> theirs = one -> one.user().equals(user);
            if (!user.isEmpty() && tooMany(theirs, MAX_OF_ONE_USER)) {
                victim = oldest(theirs.and(one -> one != connection && waitsForClient(one)));
            }
        }
        victim.ifPresent(one -> close(one, "too many connections of one user"));
    }

    /** Makes room for an answer: closes the connection without a session that has not taken its own for the longest time. */
    boolean closeSlowestReader() {
        Optional<ClientConnection> victim;
        synchronized (open) {
            victim = oldest(one -> one.user().isEmpty() && one.phase() == Phase.WRITE);
        }
        victim.ifPresent(one -> close(one, "answers are not taken"));
        return victim.isPresent();
    }

    /** Closes what has waited for its client for too long. To be called about once a second. */
    void closeExpired() {
        long now = nanos.getAsLong();
        List<ClientConnection> expired;
        synchronized (open) {
            expired = open.values().stream().filter(one -> !one.endPoint().isOpen() || one.waitedNanos(now) > timeout(one)).toList();
            expired.forEach(one -> open.remove(one.endPoint()));
        }
        expired.forEach(one -> close(one, "the client is too slow"));
    }

    int count() {
        synchronized (open) {
            return open.size();
        }
    }

    private static long timeout(ClientConnection one) {
        boolean stranger = one.user().isEmpty();
        return switch (one.phase()) {
            // A connection of a user that rests has the web server's own timeout.
            case HEAD -> stranger ? HEAD_TIMEOUT : Long.MAX_VALUE;
            case WRITE -> stranger ? WRITE_TIMEOUT : USER_WRITE_TIMEOUT;
            default -> Long.MAX_VALUE;
        };
    }

    private boolean tooMany(Predicate<ClientConnection> which, int most) {
        return open.size() > most && open.values().stream().filter(which).count() > most;
    }

    private Optional<ClientConnection> victim(ClientConnection added) {
        Map<String, Integer> counts = new HashMap<>();
        open.values().stream().filter(one -> one.user().isEmpty() && !one.proxy()).forEach(one -> counts.merge(one.address(), 1, Integer::sum));
        Predicate<ClientConnection> others = one -> one.user().isEmpty() && one != added;
        for (Predicate<ClientConnection> phase : List.<Predicate<ClientConnection>>of(Connections::waitsForClient, one -> one.phase() != Phase.SERVICE)) {
            List<ClientConnection> candidates = open.values().stream().filter(others.and(phase)).toList();
            int most = candidates.stream().mapToInt(one -> counts.getOrDefault(one.address(), 1)).max().orElse(0);
            Optional<ClientConnection> found = oldest(phase.and(others).and(one -> counts.getOrDefault(one.address(), 1) == most));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.of(added);
    }

    private static boolean waitsForClient(ClientConnection one) {
        return one.phase() != Phase.SERVICE && one.phase() != Phase.TURN;
    }

    private Optional<ClientConnection> oldest(Predicate<ClientConnection> which) {
        long now = nanos.getAsLong();
        return open.values().stream().filter(which).max(Comparator.comparingLong(one -> one.waitedNanos(now)));
    }

    private void close(ClientConnection connection, String why) {
        synchronized (open) {
            open.remove(connection.endPoint());
        }
        connection.endPoint().close(new EofException(why));
    }

    /** The socket below TLS. */
    private static EndPoint socketOf(EndPoint endPoint) {
        EndPoint under = endPoint;
        while (under instanceof EndPoint.Wrapper wrapper) {
            under = wrapper.unwrap();
        }
        return under;
    }
}
