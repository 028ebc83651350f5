package org.catseye.web.gate.forwarded;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The client of a request as trusted proxies report it.
 *
 * @param address of the client
 * @param scheme that the client used; empty if no proxy reports it
 * @param host that the client named; empty if no proxy reports it
 * @param port that the client connected to, for a host without one; empty if no proxy reports it
 * @param certain false if an element of the chain was hidden or unreadable: then the address is that of the last trusted proxy, and anyone may have
 *     sent the request to it
 * @param basePath below which the proxies publish this device
 */
public record ReportedClient(String address, Optional<String> scheme, Optional<String> host, OptionalInt port, boolean certain, BasePath basePath) {

    /** Whether the request certainly came from this machine itself. */
    public boolean isThisMachine() {
        return certain && AddressRange.parsePeer(address).filter(InetAddress::isLoopbackAddress).isPresent();
    }
}
