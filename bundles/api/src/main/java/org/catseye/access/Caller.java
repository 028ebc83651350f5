package org.catseye.access;

import java.util.Objects;

/**
 * The user or program that requests a change. Used to check permissions and to write the audit log.
 *
 * @param session the caller's session
 * @param address the address of the connection, as text
 */
public record Caller(Session session, String address) {

    public Caller {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(address, "address");
    }
}
