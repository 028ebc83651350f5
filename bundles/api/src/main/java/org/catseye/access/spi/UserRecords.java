package org.catseye.access.spi;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catseye.access.Rights;

/**
 * All users and roles of this device at one moment. Immutable.
 *
 * @param users by name
 * @param roles by name, without the built-in one ({@link Rights#ADMIN_ROLE})
 */
public record UserRecords(Map<String, UserRecord> users, Map<String, Rights> roles) {

    public static final UserRecords EMPTY = new UserRecords(Map.of(), Map.of());

    public UserRecords {
        users = Map.copyOf(users);
        roles = Map.copyOf(roles);
    }

    public Optional<UserRecord> findUser(String name) {
        return Optional.ofNullable(users.get(name));
    }

    /** With this user added, or replaced if there is one of this name. */
    public UserRecords withUser(UserRecord user) {
        Map<String, UserRecord> changed = new HashMap<>(users);
        changed.put(user.name(), user);
        return new UserRecords(changed, roles);
    }

    public UserRecords withoutUser(String name) {
        Map<String, UserRecord> changed = new HashMap<>(users);
        changed.remove(name);
        return new UserRecords(changed, roles);
    }

    /** With this role added, or replaced if there is one of this name. */
    public UserRecords withRole(String name, Rights rights) {
        Map<String, Rights> changed = new HashMap<>(roles);
        changed.put(name, rights);
        return new UserRecords(users, changed);
    }

    public UserRecords withoutRole(String name) {
        Map<String, Rights> changed = new HashMap<>(roles);
        changed.remove(name);
        return new UserRecords(users, changed);
    }
}
