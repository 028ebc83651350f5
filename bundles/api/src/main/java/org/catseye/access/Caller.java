package org.catseye.access;

import java.util.Objects;

/**
 * Who asks for a change, and from where: what is needed to decide, and to tell later who did it.
 *
 * @param address of the connection, as text
 */
public record Caller(Session session, String address) {

    public Caller {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(address, "address");
    }
}
