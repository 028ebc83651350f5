package org.catseye.auth.file;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.access.Permission;
import org.catseye.access.Rights;

/**
 * All users and roles at one moment.
 *
 * @param roles by name; {@value Rights#ADMIN_ROLE} is built in, has every permission and cannot be redefined
 */
record Accounts(Map<String, User> users, Map<String, Rights> roles) {

    static final Accounts NONE = new Accounts(Map.of(), Map.of());

    Accounts {
        users = Map.copyOf(users);
        roles = Map.copyOf(roles);
    }

    Optional<User> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    Accounts with(User user) {
        Map<String, User> changed = new HashMap<>(users);
        changed.put(user.name(), user);
        return new Accounts(changed, roles);
    }

    Accounts without(User user) {
        Map<String, User> changed = new HashMap<>(users);
        changed.remove(user.name());
        return new Accounts(changed, roles);
    }

    Accounts withRole(String name, Rights rights) {
        Map<String, Rights> changed = new HashMap<>(roles);
        changed.put(name, rights);
        return new Accounts(users, changed);
    }

    Accounts withoutRole(String name) {
        Map<String, Rights> changed = new HashMap<>(roles);
        changed.remove(name);
        return new Accounts(users, changed);
    }

    boolean knowsRole(String name) {
        return name.equals(Rights.ADMIN_ROLE) || roles.containsKey(name);
    }

    List<User> having(String role) {
        return users.values().stream().filter(user -> user.roles().contains(role)).toList();
    }

    boolean hasAdmin() {
        return users.keySet().stream().anyMatch(name -> permits(name, Permission.ADMIN, Rights.EVERY));
    }

    boolean permits(String userName, Permission permission, String targetId) {
        User user = users.get(userName);
        return user != null && (user.rights().permits(permission, targetId)
                || user.roles().stream().anyMatch(role -> role(role).permits(permission, targetId)));
    }

    private Rights role(String name) {
        return name.equals(Rights.ADMIN_ROLE) ? Rights.ALL : roles.getOrDefault(name, Rights.NONE);
    }
}
