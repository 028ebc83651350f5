package org.catseye.vnc.link;

import org.catseye.rfb.client.ClientOptions;
import org.catseye.rfb.security.SecurityPolicy;
import org.catseye.rfb.transport.ServerAddress;

/**
 * How to connect.
 *
 * @param target the id of the target, for the name of the thread
 */
public record LinkSettings(String target, ServerAddress address, SecurityPolicy security, ClientOptions client) {
}
