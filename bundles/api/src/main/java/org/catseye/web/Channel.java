package org.catseye.web;

import org.catseye.access.Session;
import org.osgi.annotation.versioning.ProviderType;

/** An open WebSocket, as its handler sees it. Thread-safe. */
@ProviderType
public interface Channel {

    /**
     * Maximum number of characters in a text message from the client. A longer message is answered with the error
     * {@code too_large}.
     */
    int MOST_CHARS = 16 * 1024;

    /** The id of the target that the socket belongs to. */
    String targetId();

    /** The session of the client. The socket is closed when the session ends. */
    Session session();

    /**
     * The client's address for the audit log: the address of the connection if it is known, otherwise the address from which the
     * user logged in.
     */
    default String address() {
        return session().address();
    }

    /**
     * Queues a text message for the client. Never blocks. A client that does not read its messages is disconnected when its queue
     * is full.
     */
    void send(String text);
}
