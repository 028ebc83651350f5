package org.catseye.web.socket.server;

import org.eclipse.jetty.io.EndPoint;

/** One HTTP connection: its user, its phase and the time since which it is in this phase. */
final class ClientConnection {

    /** The reason why a connection waits. */
    enum Phase {
        /** For its client: the TLS handshake, the head of a request, or the next request. */
        HEAD,
        /** For its client: the body of a request. */
        BODY,
        /** For the requests of other callers. */
        TURN,
        /** It does not wait: a thread serves it. */
        SERVICE,
        /** For its client, which has not received the whole answer yet. */
        WRITE,
        /** For its client, which has its answer and still sends a body that nobody reads. */
        DISCARD
    }

    private final EndPoint endPoint;
    private final String address;
    private final boolean proxy;
    /** Empty without a session. Changed by {@link Connections} only, under its lock. */
    private volatile String user = "";
    private volatile Phase phase = Phase.HEAD;
    private volatile long since;
    private int requests;

    /** @param now as {@link System#nanoTime} has it */
    ClientConnection(EndPoint endPoint, String address, boolean proxy, long now) {
        this.endPoint = endPoint;
        this.address = address;
        this.proxy = proxy;
        since = now;
    }

    EndPoint endPoint() {
        return endPoint;
    }

    String address() {
        return address;
    }

    /** Whether many clients share its address, because a proxy in front of this device has it. */
    boolean proxy() {
        return proxy;
    }

    String user() {
        return user;
    }

    void setUser(String name) {
        user = name;
    }

    Phase phase() {
        return phase;
    }

    void enterPhase(Phase next, long now) {
        since = now;
        phase = next;
    }

    long waitedNanos(long now) {
        return now - since;
    }

    /** One request at a time, so one thread at a time. */
    int countRequest() {
        return ++requests;
    }
}
