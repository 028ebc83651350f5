package org.catseye.auth.file;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.catseye.access.Rights;
import org.catseye.secrets.Secrets;

/**
 * Somebody who may log in.
 *
 * @param stamp changes with password and rights; a session that was opened under another stamp is void
 * @param tokenStamp changes with the password; an API token that was made under another is void
 * @param roles names of roles; a role that does not exist gives nothing
 * @param factor what a login needs beside the password
 * @param rights beyond those of the roles
 */
record User(String name, PasswordHash password, String stamp, String tokenStamp, Instant created, Set<String> roles, Rights rights,
        Optional<Totp> factor) {

    static final String ADMIN = "admin";
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    User(String name, PasswordHash password, String stamp, Instant created, Set<String> roles, Rights rights) {
        this(name, password, stamp, stamp, created, roles, rights, Optional.empty());
    }

    User {
        roles = Set.copyOf(roles);
    }

    /** The same password, hashed otherwise. */
    User withPassword(PasswordHash newHash) {
        return new User(name, newHash, stamp, tokenStamp, created, roles, rights, factor);
    }

    /** Void is what was opened before. */
    User renewed() {
        return new User(name, password, Secrets.token(), tokenStamp, created, roles, rights, factor);
    }

    /** Void are the API tokens made before. */
    User withoutTokens() {
        return new User(name, password, stamp, Secrets.token(), created, roles, rights, factor);
    }

    User withGrants(Set<String> newRoles, Rights newRights) {
        return new User(name, password, stamp, tokenStamp, created, newRoles, newRights, factor);
    }

    User withFactor(Optional<Totp> newFactor) {
        return new User(name, password, stamp, tokenStamp, created, roles, rights, newFactor);
    }
}
