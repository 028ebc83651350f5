package org.catseye.access;

import java.time.Instant;

/**
 * A user as administrators see it. Contains no secret.
 *
 * @param secondFactor whether a login also needs a code
 */
public record Account(String name, Instant created, Grants grants, boolean secondFactor) {
}
