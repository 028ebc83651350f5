package org.catseye.core.access.authenticator;

import org.catseye.access.spi.Authenticator;
import org.catseye.core.access.users.LocalUsers;

/**
 * An authenticator that currently exists.
 *
 * @param name stays with the sessions whose user it confirmed
 */
public record BoundAuthenticator(String name, Authenticator service) {

    /** Whether its users are kept on this device, so that it answers from memory. */
    public boolean isLocal() {
        return service instanceof LocalUsers;
    }
}
