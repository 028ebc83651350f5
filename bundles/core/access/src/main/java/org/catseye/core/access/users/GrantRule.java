package org.catseye.core.access.users;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.spi.UserRecord;
import org.catseye.access.spi.UserRecords;

/** The rules for names, roles and rights. Grants without meaning are refused, so that no user relies on a right or a denial that isn't there. */
public final class GrantRule {

    /** The first user of a device, who owns it. */
    public static final String ADMIN_USER = "admin";

    private static final int MAX_ROLES_PER_USER = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    private GrantRule() {
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** @throws AccessException INVALID */
    public static void checkName(String name) throws AccessException {
        if (!isName(name)) {
            throw invalid("A name may have 1 to 64 letters, digits and . _ @ -, beginning with a letter or a digit.");
        }
    }

    /** @throws AccessException CONFLICT if there is a user of this name or a {@linkplain SimilarNames similar} one */
    public static void requireDistinctName(UserRecords records, String name) throws AccessException {
        if (records.findUser(name).isPresent()) {
            throw new AccessException(Reason.CONFLICT, "There is already a user of this name.");
        }
        requireDistinctName(records.users().keySet(), name, "user");
    }

    /**
     * The name of a role that exists is no mistake: its rights are replaced.
     *
     * @throws AccessException CONFLICT if there is another role with a {@linkplain SimilarNames similar} name
     */
    public static void requireDistinctRole(UserRecords records, String name) throws AccessException {
        if (!hasRole(records, name)) {
            requireDistinctName(Stream.concat(records.roles().keySet().stream(), Stream.of(Rights.ADMIN_ROLE)).toList(), name, "role");
        }
    }

    /**
     * @param kind of the thing that has the name, for the message
     * @throws AccessException CONFLICT if one of the existing names is {@linkplain SimilarNames similar}
     */
    public static void requireDistinctName(Collection<String> existing, String name, String kind) throws AccessException {
        Optional<String> similar = SimilarNames.findSimilar(existing, name);
        if (similar.isPresent()) {
            throw new AccessException(Reason.CONFLICT, "The name is too similar to that of the " + kind + " " + similar.get() + ". Choose another one.");
        }
    }

    /** @throws AccessException INVALID, also for a role that does not exist */
    public static UserRecord applyGrants(UserRecords records, UserRecord user, Grants grants) throws AccessException {
        if (grants.roles().size() > MAX_ROLES_PER_USER) {
            throw invalid("A user may have at most " + MAX_ROLES_PER_USER + " roles.");
        }
        if (!grants.roles().stream().allMatch(role -> hasRole(records, role))) {
            throw invalid("One of these roles does not exist. The roles are: " + Rights.ADMIN_ROLE
                    + records.roles().keySet().stream().sorted().map(role -> ", " + role).reduce("", String::concat) + ".");
        }
        return user.withGrants(grants.roles(), Rights.checked(grants.rights()));
    }

    /** Whether there is such a role, the built-in one included. */
    public static boolean hasRole(UserRecords records, String role) {
        return role.equals(Rights.ADMIN_ROLE) || records.roles().containsKey(role);
    }

    public static List<UserRecord> findUsersWithRole(UserRecords records, String role) {
        return records.users().values().stream().filter(user -> user.roles().contains(role)).toList();
    }

    /** @throws AccessException LAST_ADMIN */
    public static UserRecords requireAdmin(UserRecords records) throws AccessException {
        if (records.users().values().stream().noneMatch(user -> isAdmin(records, user))) {
            throw new AccessException(Reason.LAST_ADMIN, "No user would be left who may change users. Give ADMIN to another user first.");
        }
        return records;
    }

    private static boolean isAdmin(UserRecords records, UserRecord user) {
        return user.rights().permits(Permission.ADMIN, Rights.EVERY) || user.roles().stream().anyMatch(
                role -> role.equals(Rights.ADMIN_ROLE) || records.roles().getOrDefault(role, Rights.NONE).permits(Permission.ADMIN, Rights.EVERY));
    }

    private static AccessException invalid(String message) {
        return new AccessException(Reason.INVALID, message);
    }
}
