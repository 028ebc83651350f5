package org.catseye.web.socket.server;

import org.eclipse.jetty.io.EndPoint;

/** One HTTP connection: whose it is, what it waits for and since when. */
final class ClientConnection {

    /** What a connection waits for. */
    enum Phase {
        /** Its client: the TLS handshake, the head of a request, or the next request. */
        HEAD,
        /** Its client: the body of a request. */
        BODY,
        /** Others, whose requests come first. */
        TURN,
        /** Nothing: a thread serves it. */
        SERVICE,
        /** Its client: the rest of an answer has not been taken yet. */
        WRITE
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

    void enter(Phase next, long now) {
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
