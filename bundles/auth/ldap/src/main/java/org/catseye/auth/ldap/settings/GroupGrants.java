package org.catseye.auth.ldap.settings;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessException;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;

/**
 * The rights of the members of groups, from lines {@code <DN> => <role or target:RIGHT+RIGHT> ...}. DNs are compared by the rules of LDAP,
 * so upper and lower case and blanks may differ. Immutable.
 */
public final class GroupGrants {

    private static final String KEY = "groupRoles";
    private static final String ROLE_PATTERN = "[A-Za-z0-9][A-Za-z0-9._@-]{0,63}";
    private static final String ARROW = "=>";
    private static final Grants NONE = new Grants(Set.of(), Map.of());

    private final Map<DN, Grants> byGroup;

    private GroupGrants(Map<DN, Grants> byGroup) {
        this.byGroup = Map.copyOf(byGroup);
    }

    /** @throws BadValueException with the line and a description of valid lines */
    public static GroupGrants parseLines(Options options) throws BadValueException {
        Map<DN, Grants> byGroup = new HashMap<>();
        for (String line : options.readTexts(KEY)) {
            int arrow = line.lastIndexOf(ARROW);
            if (arrow < 0) {
                throw options.badValue(KEY, line, "the DN of a group, =>, and roles or rights");
            }
            DN group = parseGroup(options, line, line.substring(0, arrow).strip());
            byGroup.merge(group, parseGrants(options, line, line.substring(arrow + ARROW.length()).strip()), GroupGrants::combineGrants);
        }
        return new GroupGrants(byGroup);
    }

    private static DN parseGroup(Options options, String line, String text) throws BadValueException {
        try {
            DN group = new DN(text);
            if (!group.isNullDN()) {
                return group;
            }
        } catch (LDAPException e) {
            // The message below describes the allowed values.
        }
        throw options.badValue(KEY, line, "a line that begins with the DN of a group, such as cn=ops,ou=groups,dc=example,dc=org");
    }

    private static Grants parseGrants(Options options, String line, String text) throws BadValueException {
        Set<String> roles = new HashSet<>();
        Map<String, Set<Permission>> rights = new HashMap<>();
        for (String entry : text.split("\\s+")) {
            int colon = entry.indexOf(':');
            if (colon >= 0) {
                addRights(rights, entry.substring(0, colon), parsePermissions(options, line, entry.substring(colon + 1)));
            } else if (entry.matches(ROLE_PATTERN)) {
                roles.add(entry);
            } else {
                throw options.badValue(KEY, line,
                        "a line with roles, or rights such as *:VIEW or bay1:VIEW+CONTROL, after the =>; '" + entry + "' is neither");
            }
        }
        try {
            return new Grants(roles, Rights.checked(rights).byTarget());
        } catch (AccessException e) {
            throw options.badValue(KEY, line, "a line with valid rights. " + e.getMessage());
        }
    }

    private static Set<Permission> parsePermissions(Options options, String line, String text) throws BadValueException {
        Set<Permission> result = EnumSet.noneOf(Permission.class);
        for (String name : text.split("\\+")) {
            try {
                result.add(Permission.valueOf(name));
            } catch (IllegalArgumentException e) {
                throw options.badValue(KEY, line,
                        "a line with rights from " + List.of(Permission.values()) + "; '" + name + "' is not one of them");
            }
        }
        return result;
    }

    private static void addRights(Map<String, Set<Permission>> rights, String target, Set<Permission> permissions) {
        rights.computeIfAbsent(target, added -> EnumSet.noneOf(Permission.class)).addAll(permissions);
    }

    private static Grants combineGrants(Grants first, Grants second) {
        Set<String> roles = new HashSet<>(first.roles());
        roles.addAll(second.roles());
        Map<String, Set<Permission>> rights = new HashMap<>();
        first.rights().forEach((target, permissions) -> addRights(rights, target, permissions));
        second.rights().forEach((target, permissions) -> addRights(rights, target, permissions));
        return new Grants(roles, rights);
    }

    public boolean isEmpty() {
        return byGroup.isEmpty();
    }

    /** @param groups DNs in the directory's spelling; a text that is not a DN, or is not listed, gives no rights */
    public Grants findGrants(Collection<String> groups) {
        Grants all = NONE;
        for (String group : groups) {
            try {
                all = combineGrants(all, byGroup.getOrDefault(new DN(group), NONE));
            } catch (LDAPException e) {
                // Not a DN, so it gives no rights.
            }
        }
        return all;
    }
}
