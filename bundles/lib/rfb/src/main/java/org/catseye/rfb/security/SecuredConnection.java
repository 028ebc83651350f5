package org.catseye.rfb.security;

import org.catseye.rfb.wire.ByteStream;

/**
 * The result of the handshake.
 *
 * @param stream carries everything that follows
 * @param version of the protocol
 * @param description of the security, for users
 */
public record SecuredConnection(ByteStream stream, ProtocolVersion version, String description) {
}
