package org.catseye.rfb.security;

import java.util.Optional;
import org.catseye.trust.ServerTrust;

/**
 * What the client accepts.
 *
 * @param credentials for the server
 * @param tls which certificates are trusted; if present, connections without TLS are refused. Empty: TLS is not used
 */
public record SecurityPolicy(Credentials credentials, Optional<ServerTrust> tls) {
}
