package org.catseye.core.access.authenticator;

import java.util.Optional;
import org.catseye.access.spi.Answer;

/**
 * The result of asking all authenticators about a login.
 *
 * @param authenticator the one that has a user of this name; empty if none has
 * @param known the user; empty if the login is refused
 * @param unavailable whether not a single authenticator was able to check it
 */
public record LoginAnswer(Optional<BoundAuthenticator> authenticator, Optional<Answer.Known> known, boolean unavailable) {
    static final LoginAnswer REFUSED = new LoginAnswer(Optional.empty(), Optional.empty(), false);
}
