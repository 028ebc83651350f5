package org.catseye.access.spi;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catseye.access.Rights;

/**
 * A snapshot of all users and roles of this device. Immutable.
 *
 * @param users users by name
 * @param roles rights of each role by name, except the built-in role ({@link Rights#ADMIN_ROLE})
 */
public record UserRecords(Map<String, UserRecord> users, Map<String, Rights> roles) {

    /** No users and no roles. */
    public static final UserRecords EMPTY = new UserRecords(Map.of(), Map.of());

    public UserRecords {
        users = Map.copyOf(users);
        roles = Map.copyOf(roles);
    }

    /** Finds a user by name. */
    public Optional<UserRecord> findUser(String name) {
        return Optional.ofNullable(users.get(name));
    }

    /** A copy with this user added, or replaced if a user with this name exists. */
    public UserRecords withUser(UserRecord user) {
        Map<String, UserRecord> changed = new HashMap<>(users);
        changed.put(user.name(), user);
        return new UserRecords(changed, roles);
    }

    /** A copy without this user. */
    public UserRecords withoutUser(String name) {
        Map<String, UserRecord> changed = new HashMap<>(users);
        changed.remove(name);
        return new UserRecords(changed, roles);
    }

    /** A copy with this role added, or replaced if a role with this name exists. */
    public UserRecords withRole(String name, Rights rights) {
        Map<String, Rights> changed = new HashMap<>(roles);
        changed.put(name, rights);
        return new UserRecords(users, changed);
    }

    /** A copy without this role. */
    public UserRecords withoutRole(String name) {
        Map<String, Rights> changed = new HashMap<>(roles);
        changed.remove(name);
        return new UserRecords(users, changed);
    }
}
