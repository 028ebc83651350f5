package org.catseye.access;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.catseye.access.AccessException.Reason;
import org.catseye.targets.Target;

/**
 * What is allowed with which target; what is not listed is denied.
 *
 * @param byTarget target id, or {@value #EVERY} for every target, to permissions. ADMIN counts only under {@value #EVERY}
 */
public record Rights(Map<String, Set<Permission>> byTarget) {

    /** Every target, in the place of a target's id. */
    public static final String EVERY = "*";
    /** The role that is built in: it has every right and cannot be redefined. */
    public static final String ADMIN_ROLE = "admin";
    public static final Rights NONE = new Rights(Map.of());
    public static final Rights ALL = new Rights(Map.of(EVERY, EnumSet.allOf(Permission.class)));

    private static final int MOST_TARGETS = 64;
    private static final Pattern TARGET = Pattern.compile("\\*|" + Target.ID_PATTERN);

    public Rights {
        byTarget = byTarget.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
    }

    /**
     * Rights that mean something: what does not is refused, so that nobody believes he had forbidden or allowed it.
     *
     * @throws AccessException INVALID
     */
    public static Rights checked(Map<String, Set<Permission>> byTarget) throws AccessException {
        if (byTarget.size() > MOST_TARGETS) {
            throw new AccessException(Reason.INVALID, "Rights may name " + MOST_TARGETS + " targets at most.");
        }
        for (Map.Entry<String, Set<Permission>> entry : byTarget.entrySet()) {
            if (!TARGET.matcher(entry.getKey()).matches()) {
                throw new AccessException(Reason.INVALID, "A target in rights is its id, of up to 64 letters, digits and . _ -, or * for every target.");
            }
            if (entry.getValue().contains(Permission.ADMIN) && !entry.getKey().equals(EVERY)) {
                throw new AccessException(Reason.INVALID, "ADMIN is bound to no target: put it under *.");
            }
        }
        return new Rights(byTarget);
    }

    public boolean permits(Permission permission, String targetId) {
        return byTarget.getOrDefault(EVERY, Set.of()).contains(permission)
                || permission != Permission.ADMIN && byTarget.getOrDefault(targetId, Set.of()).contains(permission);
    }

    /** For a log: {@code bay1:VIEW+CONTROL bay2:VIEW}. */
    public String describe() {
        return new TreeMap<>(byTarget).entrySet().stream().map(entry -> entry.getKey() + ":"
                + new TreeSet<>(entry.getValue()).stream().map(Permission::name).collect(Collectors.joining("+"))).collect(Collectors.joining(" "));
    }
}
