package org.catseye.core.access.users;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Rights;
import org.catseye.access.spi.UserRecord;
import org.catseye.core.access.password.PasswordHash;
import org.catseye.secrets.Secrets;

/** Creates user records with fresh stamps. */
public final class NewUser {

    private NewUser() {
    }

    /** A user without roles, rights and second factor. */
    public static UserRecord createUser(String name, PasswordHash password, Instant now) {
        String stamp = Secrets.token();
        return new UserRecord(name, password.toPhc(), stamp, stamp, now, Set.of(), Rights.NONE, Optional.empty());
    }

    /** The owner of the device. */
    static UserRecord createAdmin(PasswordHash password, Instant now) {
        return createUser(GrantRule.ADMIN_USER, password, now).withGrants(Set.of(Rights.ADMIN_ROLE), Rights.NONE);
    }
}
