package org.catseye.access;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The roles and own rights of a user. The user may do what any of them allows, and nothing else. Immutable.
 *
 * @param roles names of roles; {@code admin} is built in and has all rights
 * @param rights target id, or {@code *} for every target, to permissions; ADMIN appears only under {@code *}
 */
public record Grants(Set<String> roles, Map<String, Set<Permission>> rights) {

    public Grants {
        roles = Set.copyOf(roles);
        rights = rights.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }
}
