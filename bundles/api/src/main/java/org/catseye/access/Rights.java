package org.catseye.access;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.catseye.access.AccessException.Reason;

/**
 * The rights of a user or a role by target. Rights that are not listed are denied. Immutable.
 *
 * @param byTarget target id, or {@value #EVERY} for every target, to permissions. ADMIN counts only under {@value #EVERY}
 */
public record Rights(Map<String, Set<Permission>> byTarget) {

    /** Every target, in the place of a target's id. */
    public static final String EVERY = "*";
    /** The form of a target's id. */
    public static final String TARGET_ID_PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
    /** The built-in role: it has all rights and can't be redefined. */
    public static final String ADMIN_ROLE = "admin";
    public static final Rights NONE = new Rights(Map.of());
    public static final Rights ALL = new Rights(Map.of(EVERY, EnumSet.allOf(Permission.class)));

    private static final int MAX_TARGETS = 64;
    private static final Pattern TARGET = Pattern.compile("\\*|" + TARGET_ID_PATTERN);

    public Rights {
        byTarget = byTarget.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
    }

    /**
     * Rights that have a meaning. Others are refused, so that no user relies on a right or a denial that isn't there.
     *
     * @throws AccessException INVALID
     */
    public static Rights checked(Map<String, Set<Permission>> byTarget) throws AccessException {
        if (byTarget.size() > MAX_TARGETS) {
            throw new AccessException(Reason.INVALID, "Rights may name at most " + MAX_TARGETS + " targets.");
        }
        for (Map.Entry<String, Set<Permission>> entry : byTarget.entrySet()) {
            if (!TARGET.matcher(entry.getKey()).matches()) {
                throw new AccessException(Reason.INVALID, "A target in rights is its id, of up to 64 letters, digits and . _ -, or * for every target.");
            }
            if (!entry.getKey().equals(EVERY) && !entry.getValue().stream().allMatch(Permission::isPerTarget)) {
                throw new AccessException(Reason.INVALID, "ADMIN applies to the whole device: put it under *.");
            }
        }
        return new Rights(byTarget);
    }

    public boolean permits(Permission permission, String targetId) {
        return byTarget.getOrDefault(EVERY, Set.of()).contains(permission)
                || permission.isPerTarget() && byTarget.getOrDefault(targetId, Set.of()).contains(permission);
    }

    /** For a log: {@code bay1:VIEW+CONTROL bay2:VIEW}. */
    public String describe() {
        return new TreeMap<>(byTarget).entrySet().stream().map(entry -> entry.getKey() + ":"
                + new TreeSet<>(entry.getValue()).stream().map(Permission::name).collect(Collectors.joining("+"))).collect(Collectors.joining(" "));
    }
}
