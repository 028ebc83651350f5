package org.catseye.core.access;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Somebody who may log in.
 *
 * @param stamp changes with password and rights; a session that was opened under another stamp is void
 * @param roles names of roles; a role that does not exist gives nothing
 * @param rights beyond those of the roles
 */
record User(String name, PasswordHash password, String stamp, Instant created, Set<String> roles, Rights rights) {

    static final String ADMIN = "admin";
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    User {
        roles = Set.copyOf(roles);
    }

    User withPassword(PasswordHash newHash) {
        return new User(name, newHash, stamp, created, roles, rights);
    }
}
