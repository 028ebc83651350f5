package org.catseye.web.socket.server;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.web.RequestGuard;
import org.catseye.web.socket.FakeHttp;
import org.catseye.web.socket.server.ClientConnection.Phase;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.junit.Test;

public class ConnectionsTest {

    private static final String PROXY = "192.0.2.99";

    private long now = TimeUnit.DAYS.toNanos(1);
    private final Connections connections = new Connections(new Callers() {
        @Override
        public Optional<RequestGuard> guard() {
            return Optional.empty();
        }

        @Override
        public boolean isProxy(String peer) {
            return peer.equals(PROXY);
        }
    }, () -> now);

    /** One client's connection, open until the code under test closes it. */
    private final class Peer {
        private boolean open = true;
        private final EndPoint endPoint;

        Peer(String address) {
            endPoint = FakeHttp.proxy(EndPoint.class, (self, called, args) -> switch (called.getName()) {
                case "getRemoteSocketAddress" -> new InetSocketAddress(address, 4711);
                case "isOpen" -> open;
                case "close" -> {
                    open = false;
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> self == args[0];
                default -> throw new UnsupportedOperationException(called.toString());
            });
            connections.onOpened(connection());
        }

        private Connection connection() {
            return FakeHttp.proxy(Connection.class, (self, called, args) -> endPoint);
        }

        ClientConnection entry() {
            return connections.findConnection(endPoint).orElseThrow();
        }
    }

    private List<Peer> open(int count, String address) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(new Peer(address));
            now++;
        }
        return peers;
    }

    @Test
    public void beyondTheLimitTheOldestConnectionOfTheBusiestAddressIsClosed() {
        List<Peer> few = open(2, "192.0.2.1");
        List<Peer> many = open(Connections.MAX_STRANGERS - 2, "192.0.2.2");
        now += Connections.NEW_NANOS;
        Peer added = new Peer("192.0.2.3");
        assertTrue(added.open);
        assertTrue(few.stream().allMatch(peer -> peer.open));
        assertFalse(many.get(0).open);
        assertEquals(many.size() - 1, many.stream().filter(peer -> peer.open).count());
        assertEquals(Connections.MAX_STRANGERS, connections.countConnections());
    }

    @Test
    public void newConnectionsHaveTimeToSendTheirCredentials() {
        List<Peer> all = open(Connections.MAX_STRANGERS + 5, "192.0.2.1");
        assertTrue(all.stream().allMatch(peer -> peer.open));
        List<Peer> flood = open(Connections.MAX_NEW_STRANGERS, "192.0.2.1");
        assertTrue("up to a limit", flood.stream().anyMatch(peer -> !peer.open) || all.stream().anyMatch(peer -> !peer.open));
        assertTrue(connections.countConnections() <= Connections.MAX_NEW_STRANGERS + 1);
    }

    @Test
    public void connectionsWithASessionAreNotClosedForThoseWithout() {
        Peer user = new Peer("192.0.2.1");
        connections.assignUser(user.entry(), "ann");
        now += Connections.NEW_NANOS;
        open(Connections.MAX_STRANGERS, "192.0.2.1");
        now += Connections.NEW_NANOS;
        open(20, "192.0.2.1");
        assertTrue(user.open);
    }

    @Test
    public void aUserBeyondTheLimitLosesTheOldestIdleConnection() {
        List<Peer> all = open(Connections.MAX_OF_ONE_USER + 1, "192.0.2.1");
        for (Peer peer : all) {
            connections.assignUser(peer.entry(), "ann");
        }
        assertFalse(all.get(0).open);
        assertEquals(Connections.MAX_OF_ONE_USER, all.stream().filter(peer -> peer.open).count());
    }

    @Test
    public void connectionsThatWaitTooLongForTheirClientsAreClosed() {
        Peer idle = new Peer("192.0.2.1");
        Peer user = new Peer("192.0.2.2");
        connections.assignUser(user.entry(), "ann");
        Peer served = new Peer("192.0.2.3");
        served.entry().enterPhase(Phase.SERVICE, now);
        now += Connections.HEAD_TIMEOUT + 1;
        connections.closeExpired();
        assertFalse(idle.open);
        assertTrue(user.open);
        assertTrue(served.open);
        user.entry().enterPhase(Phase.WRITE, now);
        served.entry().enterPhase(Phase.WRITE, now);
        now += Connections.WRITE_TIMEOUT + 1;
        connections.closeExpired();
        assertTrue("a user has longer", user.open);
        assertFalse(served.open);
        now += Connections.USER_WRITE_TIMEOUT;
        connections.closeExpired();
        assertFalse(user.open);
    }

    @Test
    public void aBodyThatNobodyReadsHasItsTime() {
        Peer stranger = new Peer("192.0.2.1");
        Peer user = new Peer("192.0.2.2");
        connections.assignUser(user.entry(), "ann");
        stranger.entry().enterPhase(Phase.DISCARD, now);
        user.entry().enterPhase(Phase.DISCARD, now);
        now += Connections.DISCARD_TIMEOUT + 1;
        connections.closeExpired();
        assertFalse(stranger.open);
        assertTrue(user.open);
        now += Connections.USER_DISCARD_TIMEOUT;
        connections.closeExpired();
        assertFalse(user.open);
    }

    @Test
    public void roomForAnAnswerIsMadeByTheSlowestClientWithoutASession() {
        assertFalse(connections.closeSlowestReader());
        Peer slow = new Peer("192.0.2.1");
        slow.entry().enterPhase(Phase.WRITE, now++);
        Peer slower = new Peer("192.0.2.2");
        slower.entry().enterPhase(Phase.WRITE, now - 5);
        Peer user = new Peer("192.0.2.3");
        user.entry().enterPhase(Phase.WRITE, now - 9);
        connections.assignUser(user.entry(), "ann");
        assertTrue(connections.closeSlowestReader());
        assertFalse(slower.open);
        assertTrue(slow.open && user.open);
    }

    @Test
    public void manyClientsBehindAProxyAreNotOneAddress() {
        List<Peer> proxied = open(Connections.MAX_STRANGERS - 3, PROXY);
        List<Peer> direct = open(3, "192.0.2.1");
        now += Connections.NEW_NANOS;
        new Peer("192.0.2.2");
        assertTrue(proxied.stream().allMatch(peer -> peer.open));
        assertEquals(2, direct.stream().filter(peer -> peer.open).count());
    }

    @Test
    public void aClosedConnectionIsForgotten() {
        Peer peer = new Peer("192.0.2.1");
        connections.onClosed(peer.connection());
        assertEquals(0, connections.countConnections());
        assertEquals(Optional.empty(), connections.findConnection(peer.endPoint));
    }
}
