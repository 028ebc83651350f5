package org.catseye.auth.file;

import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Grants;
import org.catseye.access.Rights;

/** Which names, roles and rights there may be: what means nothing is refused, so that nobody believes he had forbidden or allowed it. */
final class GrantRule {

    private static final int MOST_ROLES = 64;

    private GrantRule() {
    }

    /** @throws AccessException INVALID */
    static void checkName(String name) throws AccessException {
        if (!User.NAME.matcher(name).matches()) {
            throw invalid("A name may have 1 to 64 letters, digits and . _ @ -, beginning with a letter or a digit.");
        }
    }

    /** @throws AccessException INVALID, also for a role that does not exist */
    static User apply(Accounts accounts, User user, Grants grants) throws AccessException {
        if (grants.roles().size() > MOST_ROLES) {
            throw invalid("A user may have " + MOST_ROLES + " roles at most.");
        }
        if (!grants.roles().stream().allMatch(accounts::knowsRole)) {
            throw invalid("One of these roles does not exist. There are: " + Rights.ADMIN_ROLE
                    + accounts.roles().keySet().stream().sorted().map(role -> ", " + role).reduce("", String::concat) + ".");
        }
        return user.withGrants(grants.roles(), Rights.checked(grants.rights()));
    }

    /** @throws AccessException LAST_ADMIN */
    static Accounts keepAdmin(Accounts accounts) throws AccessException {
        if (!accounts.hasAdmin()) {
            throw new AccessException(Reason.LAST_ADMIN, "Nobody would be left who may change users. Give ADMIN to somebody else first.");
        }
        return accounts;
    }

    private static AccessException invalid(String message) {
        return new AccessException(Reason.INVALID, message);
    }
}
