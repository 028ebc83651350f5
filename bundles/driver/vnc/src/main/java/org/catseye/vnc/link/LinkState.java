package org.catseye.vnc.link;

import java.util.Optional;
import org.catseye.rfb.client.RfbClient;

/**
 * The connection, as an immutable snapshot.
 *
 * @param reason one sentence for the user
 * @param client present if connected
 */
public record LinkState(Condition condition, String reason, Optional<RfbClient> client) {

    /** What the connection is doing. */
    public enum Condition {
        /** There is none, because nobody uses it. */
        IDLE,
        CONNECTING,
        CONNECTED,
        /** The last attempt failed or the connection was lost; another attempt follows. */
        FAILED
    }

    static LinkState idle() {
        return new LinkState(Condition.IDLE, "Catseye connects to the VNC server when it is needed.", Optional.empty());
    }

    static LinkState connecting(String address) {
        return new LinkState(Condition.CONNECTING, "Catseye is connecting to the VNC server at " + address + ".", Optional.empty());
    }

    static LinkState connected(String address, RfbClient client) {
        return new LinkState(Condition.CONNECTED, "Connected to the VNC server at " + address + ".", Optional.of(client));
    }

    static LinkState failed(String reason) {
        return new LinkState(Condition.FAILED, reason, Optional.empty());
    }
}
