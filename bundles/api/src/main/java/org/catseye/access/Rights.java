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
 * The permissions of a user or role, by target. Permissions that are not listed are denied. Immutable.
 *
 * @param byTarget permissions by target id, or by {@value #EVERY} for all targets. ADMIN takes effect only under {@value #EVERY}
 */
public record Rights(Map<String, Set<Permission>> byTarget) {

    /** Stands for all targets when used in place of a target id. */
    public static final String EVERY = "*";
    /** Regular expression for a valid target id. */
    public static final String TARGET_ID_PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
    /** The built-in role. It has every permission and cannot be redefined. */
    public static final String ADMIN_ROLE = "admin";
    /** No permission. */
    public static final Rights NONE = new Rights(Map.of());
    /** Every permission for all targets. */
    public static final Rights ALL = new Rights(Map.of(EVERY, EnumSet.allOf(Permission.class)));

    private static final int MAX_TARGETS = 64;
    private static final Pattern TARGET = Pattern.compile("\\*|" + TARGET_ID_PATTERN);

    public Rights {
        byTarget = byTarget.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
    }

    /**
     * Creates rights after checking that every entry has an effect. Entries without an effect are refused, so that no user relies
     * on a permission or restriction that does not exist.
     *
     * @param byTarget permissions by target id, or by {@value #EVERY} for all targets
     * @throws AccessException with INVALID if a target id is malformed, ADMIN is granted for a single target, or too many targets
     *     are listed
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

    /** Whether these rights include a permission for a target, or one that implies it. */
    public boolean permits(Permission permission, String targetId) {
        return includes(byTarget.getOrDefault(EVERY, Set.of()), permission)
                || permission.isPerTarget() && includes(byTarget.getOrDefault(targetId, Set.of()), permission);
    }

    private static boolean includes(Set<Permission> granted, Permission permission) {
        return granted.contains(permission) || granted.stream().anyMatch(permission::isImpliedBy);
    }

    /** Text for a log line, such as {@code bay1:VIEW+CONTROL bay2:VIEW}, without permissions that another one implies. */
    public String describe() {
        return new TreeMap<>(byTarget).entrySet().stream().map(entry -> entry.getKey() + ":" + describe(entry.getValue())).collect(Collectors.joining(" "));
    }

    private static String describe(Set<Permission> granted) {
        return new TreeSet<>(granted).stream().filter(permission -> granted.stream().noneMatch(other -> other != permission && permission.isImpliedBy(other)))
                .map(Permission::name).collect(Collectors.joining("+"));
    }
}
