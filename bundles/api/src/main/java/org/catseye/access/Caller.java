package org.catseye.access;

import java.util.Objects;

/**
 * The caller of a change and their address: decides whether the change is allowed, and is recorded in the audit log.
 *
 * @param address of the connection, as text
 */
public record Caller(Session session, String address) {

    public Caller {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(address, "address");
    }
}
