package org.catseye.web;

import org.catseye.access.Session;
import org.osgi.annotation.versioning.ProviderType;

/** One open socket as its handler sees it. Thread-safe. */
@ProviderType
public interface Channel {

    /** Longest text message that is let through; a longer one is answered with the error {@code too_large}. */
    int MOST_CHARS = 16 * 1024;

    String targetId();

    /** Who is at the other end. The socket is closed when the session ends. */
    Session session();

    /** Where the other end is, for the record: the address of the connection if that is known, otherwise of the login. */
    default String address() {
        return session().address();
    }

    /** Queues a text message; never blocks. A client that does not read is disconnected when too much is queued. */
    void send(String text);
}
