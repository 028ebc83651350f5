package org.catseye.access.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Authenticates the users that this device stores in a {@link UserStore}. Access control registers it as a service while a store
 * is available. {@link #check} answers from memory; {@link Answer.Unavailable} means that the users can't be read.
 */
@ProviderType
public interface DeviceUsers extends PasswordAuthenticator {
}
