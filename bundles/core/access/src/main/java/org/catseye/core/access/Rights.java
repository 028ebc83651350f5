package org.catseye.core.access;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.catseye.access.Permission;

/**
 * What is allowed with which target; what is not listed is denied.
 *
 * @param byTarget target id, or {@value #EVERY} for every target, to permissions. ADMIN counts only under {@value #EVERY}
 */
record Rights(Map<String, Set<Permission>> byTarget) {

    static final String EVERY = "*";
    static final Rights NONE = new Rights(Map.of());
    static final Rights ALL = new Rights(Map.of(EVERY, EnumSet.allOf(Permission.class)));

    Rights {
        byTarget = byTarget.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
    }

    boolean permits(Permission permission, String targetId) {
        return byTarget.getOrDefault(EVERY, Set.of()).contains(permission)
                || permission != Permission.ADMIN && byTarget.getOrDefault(targetId, Set.of()).contains(permission);
    }
}
