package org.catseye.access.spi;

import java.util.Objects;
import org.catseye.access.Grants;

/**
 * Who somebody is, and what he may do.
 *
 * @param user the name he goes by; not always as he typed it
 * @param grants roles that do not exist on this device give nothing
 * @param stamp changes when his logins are to end: with the password, as far as that is known, and with his rights
 * @param tokenStamp changes when his API tokens are to be void: with the password, as far as that is known
 * @param secondFactor whether a login needs a code beside the password ({@link Authenticator#useCode})
 */
public record Identity(String user, Grants grants, String stamp, String tokenStamp, boolean secondFactor) {

    public Identity {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(grants, "grants");
        Objects.requireNonNull(stamp, "stamp");
        Objects.requireNonNull(tokenStamp, "tokenStamp");
    }
}
