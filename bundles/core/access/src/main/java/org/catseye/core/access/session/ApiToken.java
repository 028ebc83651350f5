package org.catseye.core.access.session;

import java.time.Duration;
import java.time.Instant;
import org.catseye.access.Rights;

/**
 * Turns a session into an API token.
 *
 * @param name for people
 * @param rights limits the rights of its user
 * @param expires independent of its use
 */
public record ApiToken(String name, Rights rights, Instant expires) {

    SessionLimits limitsFrom(Instant created) {
        Duration life = Duration.between(created, expires);
        return new SessionLimits(life, life);
    }
}
