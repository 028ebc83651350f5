package org.catseye.access.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The authenticator whose users are kept on this device, in a {@link UserStore}. Access control provides it as a service while there is a
 * store. {@link #check} answers from memory; {@link Answer.Unavailable} means that the users can't be read.
 */
@ProviderType
public interface DeviceUsers extends PasswordAuthenticator {
}
