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
    /** New connections may go beyond the limit up to here, so that each has time to send its credentials. */
    static final int MAX_NEW_STRANGERS = 512;
    static final long NEW_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final int MAX_OF_ONE_USER = 128;
    static final long HEAD_TIMEOUT = TimeUnit.SECONDS.toNanos(15);
    static final long WRITE_TIMEOUT = TimeUnit.SECONDS.toNanos(20);
    static final long USER_WRITE_TIMEOUT = TimeUnit.SECONDS.toNanos(120);
    static final long DISCARD_TIMEOUT = TimeUnit.SECONDS.toNanos(5);
    static final long USER_DISCARD_TIMEOUT = TimeUnit.SECONDS.toNanos(30);

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
        String peer = ClientAddress.remoteAddress(endPoint);
        ClientConnection added = new ClientConnection(endPoint, ClientAddress.networkOf(peer), callers.isProxy(peer), nanos.getAsLong());
        Optional<ClientConnection> victim = Optional.empty();
        synchronized (open) {
            if (open.putIfAbsent(endPoint, added) == null) {
                victim = exceedsLimit(one -> one.user().isEmpty(), MAX_STRANGERS) ? findVictim(added) : victim;
                victim = victim.filter(one -> one.waitedNanos(nanos.getAsLong()) >= NEW_NANOS || open.size() > MAX_NEW_STRANGERS);
            }
        }
        victim.ifPresent(one -> closeConnection(one, "too many connections without a session"));
    }

    /** Also called when another protocol takes the connection over: it then counts as one of its user's sockets. */
    @Override
    public void onClosed(Connection connection) {
        synchronized (open) {
            open.remove(socketOf(connection.getEndPoint()));
        }
    }

    Optional<ClientConnection> findConnection(EndPoint endPoint) {
        synchronized (open) {
            return Optional.ofNullable(open.get(socketOf(endPoint)));
        }
    }

    /** Assigns a connection to the user of its latest request. */
    void assignUser(ClientConnection connection, String user) {
        if (connection.user().equals(user)) {
            return;
        }
        Optional<ClientConnection> victim = Optional.empty();
        synchronized (open) {
            connection.setUser(user);
            Predicate<ClientConnection> theirs = one -> one.user().equals(user);
            if (!user.isEmpty() && exceedsLimit(theirs, MAX_OF_ONE_USER)) {
                victim = findOldest(theirs.and(one -> one != connection && isWaitingForClient(one)));
            }
        }
        victim.ifPresent(one -> closeConnection(one, "too many connections of one user"));
    }

    /** Makes room for an answer: of the connections without a session, closes the one that has not received its answer for the longest time. */
    boolean closeSlowestReader() {
        Optional<ClientConnection> victim;
        synchronized (open) {
            victim = findOldest(one -> one.user().isEmpty() && one.phase() == Phase.WRITE);
        }
        victim.ifPresent(one -> closeConnection(one, "answers are not taken"));
        return victim.isPresent();
    }

    /** Closes connections that have waited too long for their clients. To be called about once a second. */
    void closeExpired() {
        long now = nanos.getAsLong();
        List<ClientConnection> expired;
        synchronized (open) {
            expired = open.values().stream().filter(one -> !one.endPoint().isOpen() || one.waitedNanos(now) > timeoutOf(one)).toList();
            expired.forEach(one -> open.remove(one.endPoint()));
        }
        expired.forEach(one -> closeConnection(one, "the client is too slow"));
    }

    int countConnections() {
        synchronized (open) {
            return open.size();
        }
    }

    private static long timeoutOf(ClientConnection one) {
        boolean stranger = one.user().isEmpty();
        return switch (one.phase()) {
            // An idle connection of a user has the web server's own timeout.
            case HEAD -> stranger ? HEAD_TIMEOUT : Long.MAX_VALUE;
            case WRITE -> stranger ? WRITE_TIMEOUT : USER_WRITE_TIMEOUT;
            case DISCARD -> stranger ? DISCARD_TIMEOUT : USER_DISCARD_TIMEOUT;
            default -> Long.MAX_VALUE;
        };
    }

    private boolean exceedsLimit(Predicate<ClientConnection> which, int most) {
        return open.size() > most && open.values().stream().filter(which).count() > most;
    }

    private Optional<ClientConnection> findVictim(ClientConnection added) {
        Map<String, Integer> counts = new HashMap<>();
        open.values().stream().filter(one -> one.user().isEmpty() && !one.proxy()).forEach(one -> counts.merge(one.address(), 1, Integer::sum));
        Predicate<ClientConnection> others = one -> one.user().isEmpty() && one != added;
        for (Predicate<ClientConnection> phase : List.<Predicate<ClientConnection>>of(Connections::isWaitingForClient, one -> one.phase() != Phase.SERVICE)) {
            List<ClientConnection> candidates = open.values().stream().filter(others.and(phase)).toList();
            int most = candidates.stream().mapToInt(one -> counts.getOrDefault(one.address(), 1)).max().orElse(0);
            Optional<ClientConnection> found = findOldest(phase.and(others).and(one -> counts.getOrDefault(one.address(), 1) == most));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.of(added);
    }

    private static boolean isWaitingForClient(ClientConnection one) {
        return one.phase() != Phase.SERVICE && one.phase() != Phase.TURN;
    }

    private Optional<ClientConnection> findOldest(Predicate<ClientConnection> which) {
        long now = nanos.getAsLong();
        return open.values().stream().filter(which).max(Comparator.comparingLong(one -> one.waitedNanos(now)));
    }

    private void closeConnection(ClientConnection connection, String why) {
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
