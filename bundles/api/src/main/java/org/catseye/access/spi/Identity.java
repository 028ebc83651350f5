package org.catseye.access.spi;

import java.util.Objects;
import org.catseye.access.Grants;

/**
 * A confirmed user and their rights. Immutable.
 *
 * @param user the canonical user name, which may differ from what was typed
 * @param grants the user's roles and rights; roles that do not exist on this device grant nothing
 * @param stamp changes whenever the user's logins must end: when the rights change, and when the password changes if the
 *     authenticator can detect that
 * @param tokenStamp changes whenever the user's API tokens must become void: when the password changes, if the authenticator can
 *     detect that
 * @param secondFactor whether a login with a password also requires a code ({@link Authenticator#useCode})
 */
public record Identity(String user, Grants grants, String stamp, String tokenStamp, boolean secondFactor) {

    public Identity {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(grants, "grants");
        Objects.requireNonNull(stamp, "stamp");
        Objects.requireNonNull(tokenStamp, "tokenStamp");
    }
}
