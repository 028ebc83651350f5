package org.catseye.core.access.session;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.access.Rights;

/**
 * The rights of a session, as an immutable snapshot: the union of what its user's roles and own rights allow, limited by those of an API token, and
 * the time until which this is known to hold. Checking a permission allocates nothing and takes no lock.
 */
public final class SessionRights {

    public static final SessionRights NONE = new SessionRights(EnumSet.noneOf(Permission.class), Map.of(), Long.MIN_VALUE);

    private final EnumSet<Permission> everyTarget;
    private final Map<String, EnumSet<Permission>> byTarget;
    private final long validUntilMillis;

    private SessionRights(EnumSet<Permission> everyTarget, Map<String, EnumSet<Permission>> byTarget, long validUntilMillis) {
        this.everyTarget = everyTarget;
        this.byTarget = byTarget;
        this.validUntilMillis = validUntilMillis;
    }

    /**
     * @param granted each of these adds to the others
     * @param cap limits the sum
     * @param validUntil the first moment at which these rights no longer apply
     */
    public static SessionRights combine(List<Rights> granted, Rights cap, Instant validUntil) {
        Set<String> targets = new HashSet<>(cap.byTarget().keySet());
        granted.forEach(rights -> targets.addAll(rights.byTarget().keySet()));
        Map<String, EnumSet<Permission>> byTarget = new HashMap<>();
        for (String target : targets) {
            byTarget.put(target, collectPermissions(granted, cap, target));
        }
        EnumSet<Permission> everyTarget = collectPermissions(granted, cap, Rights.EVERY);
        byTarget.remove(Rights.EVERY);
        return new SessionRights(everyTarget, byTarget, toMillis(validUntil));
    }

    private static EnumSet<Permission> collectPermissions(List<Rights> granted, Rights cap, String target) {
        EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (Permission permission : Permission.values()) {
            if (cap.permits(permission, target) && granted.stream().anyMatch(rights -> rights.permits(permission, target))) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    /** The same rights, for no longer than this. */
    SessionRights until(Instant end) {
        return new SessionRights(everyTarget, byTarget, Math.min(validUntilMillis, toMillis(end)));
    }

    /** Rounded down, so that rights end early rather than late. A time beyond the range, as from a damaged file, is cut. */
    private static long toMillis(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (Math.abs(seconds) > Long.MAX_VALUE / 1_001) {
            return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return instant.toEpochMilli();
    }

    boolean hasPermission(Permission permission, String targetId, long nowMillis) {
        if (nowMillis >= validUntilMillis) {
            return false;
        }
        if (everyTarget.contains(permission)) {
            return true;
        }
        EnumSet<Permission> target = byTarget.get(targetId);
        return target != null && target.contains(permission);
    }
}
