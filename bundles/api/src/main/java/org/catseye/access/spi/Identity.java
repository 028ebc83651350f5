package org.catseye.access.spi;

import java.util.Objects;
import org.catseye.access.Grants;

/**
 * A confirmed user and their rights. Immutable.
 *
 * @param user the user's name here; not always as it was typed
 * @param grants roles that do not exist on this device give no rights
 * @param stamp changes when the user's logins must end: with the rights, and with the password as far as that is known
 * @param tokenStamp changes when the user's API tokens become void: with the password, as far as that is known
 * @param secondFactor whether a login with a password also needs a code ({@link Authenticator#useCode})
 */
public record Identity(String user, Grants grants, String stamp, String tokenStamp, boolean secondFactor) {

    public Identity {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(grants, "grants");
        Objects.requireNonNull(stamp, "stamp");
        Objects.requireNonNull(tokenStamp, "tokenStamp");
    }
}
