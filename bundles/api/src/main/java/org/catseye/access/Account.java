package org.catseye.access;

import java.time.Instant;

/**
 * A user as an administrator sees him. Holds no secret.
 *
 * @param secondFactor whether a login needs a code beside the password
 */
public record Account(String name, Instant created, Grants grants, boolean secondFactor) {
}
