package org.catseye.access.spi;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Rights;

/**
 * A user of this device, as stored in a {@link UserStore}. Immutable.
 *
 * @param name the user name
 * @param passwordHash the hash in PHC string format; a store keeps it unchanged
 * @param stamp changes with the password and the rights; logins opened under another stamp end
 * @param tokenStamp changes with the password; API tokens created under another stamp become void
 * @param created when the user was added
 * @param roles the names of roles; a role that does not exist grants nothing
 * @param rights rights in addition to those of the roles
 * @param secondFactor present if a login also requires a code
 */
public record UserRecord(String name, String passwordHash, String stamp, String tokenStamp, Instant created, Set<String> roles, Rights rights,
        Optional<SecondFactorRecord> secondFactor) {

    public UserRecord {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(passwordHash, "passwordHash");
        Objects.requireNonNull(stamp, "stamp");
        Objects.requireNonNull(tokenStamp, "tokenStamp");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(rights, "rights");
        Objects.requireNonNull(secondFactor, "secondFactor");
        roles = Set.copyOf(roles);
    }

    /** A copy with another password hash. */
    public UserRecord withPasswordHash(String newHash) {
        return new UserRecord(name, newHash, stamp, tokenStamp, created, roles, rights, secondFactor);
    }

    /** A copy with another stamp, which ends the user's logins. */
    public UserRecord withStamp(String newStamp) {
        return new UserRecord(name, passwordHash, newStamp, tokenStamp, created, roles, rights, secondFactor);
    }

    /** A copy with another token stamp, which voids the user's API tokens. */
    public UserRecord withTokenStamp(String newStamp) {
        return new UserRecord(name, passwordHash, stamp, newStamp, created, roles, rights, secondFactor);
    }

    /** A copy with other roles and rights. */
    public UserRecord withGrants(Set<String> newRoles, Rights newRights) {
        return new UserRecord(name, passwordHash, stamp, tokenStamp, created, newRoles, newRights, secondFactor);
    }

    /** A copy with another second factor, or with none. */
    public UserRecord withSecondFactor(Optional<SecondFactorRecord> newFactor) {
        return new UserRecord(name, passwordHash, stamp, tokenStamp, created, roles, rights, newFactor);
    }

    /** Omits the hash, the stamps and the second factor so that they are never logged. */
    @Override
    public String toString() {
        return "UserRecord[" + name + "]";
    }
}
