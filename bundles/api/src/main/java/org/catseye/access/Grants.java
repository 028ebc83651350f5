package org.catseye.access;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a user may do: all that his roles and his own rights allow, and nothing else.
 *
 * @param roles names of roles; {@code admin} is built in and may do everything
 * @param rights target id, or {@code *} for every target, to permissions; ADMIN stands under {@code *} only
 */
public record Grants(Set<String> roles, Map<String, Set<Permission>> rights) {

    public Grants {
        roles = Set.copyOf(roles);
        rights = rights.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }
}
