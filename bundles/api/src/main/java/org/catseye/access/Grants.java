package org.catseye.access;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The roles of a user and the rights granted to the user directly. A user has every permission that one of them grants; all
 * others are denied. Immutable.
 *
 * @param roles the names of roles; {@code admin} is built in and grants every permission
 * @param rights permissions by target id, or by {@code *} for all targets; ADMIN is allowed only under {@code *}
 */
public record Grants(Set<String> roles, Map<String, Set<Permission>> rights) {

    public Grants {
        roles = Set.copyOf(roles);
        rights = rights.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }
}
