package org.catseye.access;

import java.time.Instant;

/**
 * A user account as administrators see it. Contains no secret.
 *
 * @param name the user name
 * @param created when the account was created
 * @param grants the roles and rights of the user
 * @param secondFactor whether a login also requires a second-factor code
 */
public record Account(String name, Instant created, Grants grants, boolean secondFactor) {
}
