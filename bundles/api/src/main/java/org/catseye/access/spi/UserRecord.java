package org.catseye.access.spi;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Rights;

/**
 * A user of this device, as a {@link UserStore} keeps it. Immutable.
 *
 * @param passwordHash in the PHC string format; a store keeps it as it is
 * @param stamp changes with the password and the rights; it ends logins that were opened under another stamp
 * @param tokenStamp changes with the password; it voids API tokens that were created under another one
 * @param roles names of roles; a role that doesn't exist gives no rights
 * @param rights in addition to those of the roles
 * @param secondFactor if a login needs a code as well
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

    public UserRecord withPasswordHash(String newHash) {
        return new UserRecord(name, newHash, stamp, tokenStamp, created, roles, rights, secondFactor);
    }

    /** Ends the logins of this user. */
    public UserRecord withStamp(String newStamp) {
        return new UserRecord(name, passwordHash, newStamp, tokenStamp, created, roles, rights, secondFactor);
    }

    /** Voids the API tokens of this user. */
    public UserRecord withTokenStamp(String newStamp) {
        return new UserRecord(name, passwordHash, stamp, newStamp, created, roles, rights, secondFactor);
    }

    public UserRecord withGrants(Set<String> newRoles, Rights newRights) {
        return new UserRecord(name, passwordHash, stamp, tokenStamp, created, newRoles, newRights, secondFactor);
    }

    public UserRecord withSecondFactor(Optional<SecondFactorRecord> newFactor) {
        return new UserRecord(name, passwordHash, stamp, tokenStamp, created, roles, rights, newFactor);
    }

    /** Without hash, stamps and second factor, so that they reach no log. */
    @Override
    public String toString() {
        return "UserRecord[" + name + "]";
    }
}
