package org.catseye.access.spi;

import java.util.Map;
import org.catseye.access.AccessException;
import org.catseye.access.Rights;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The authenticator whose users are kept on this device. Its {@link #check} answers from memory and is asked at each request. At most one
 * is used: the one with the highest service ranking.
 */
@ConsumerType
public interface DeviceUsers extends Authenticator {

    /** Whether the device has an owner; true also while that is not known, since a device in doubt is not up for grabs. */
    boolean claimed();

    /** Whether somebody has read the one-time token on the log. Compares in constant time. */
    boolean claimTokenMatches(String token) throws AccessException;

    /**
     * Makes the owner of a new device; who calls has seen the token. Only one call can succeed.
     *
     * @throws AccessException ALREADY_CLAIMED, WEAK_PASSWORD, TOO_MANY_ATTEMPTS or UNAVAILABLE
     */
    Identity claim(char[] password) throws AccessException;

    /** What each role allows, without the built-in one ({@link Rights#ADMIN_ROLE}). From memory. Other authenticators' users may have them too. */
    Map<String, Rights> roles();
}
