package org.catseye.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessException;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.Rights;

/** What members of groups may do: {@code <DN> => <role or target:RIGHT+RIGHT> ...}. DNs are compared as the directory does, not letter by letter. */
final class GroupRoles {

    private static final String ARROW = "=>";

    private final Map<DN, Grants> byGroup = new HashMap<>();

    /** @throws IllegalArgumentException naming the line and what would be right */
    GroupRoles(Collection<String> lines) {
        for (String line : lines) {
            if (line.isBlank()) {
                continue;
            }
            int arrow = line.lastIndexOf(ARROW);
            if (arrow < 0) {
                throw wrong(line, "has no => between the DN of the group and what it may do");
            }
            byGroup.merge(dn(line, line.substring(0, arrow).strip()), grants(line, line.substring(arrow + ARROW.length()).strip()), GroupRoles::both);
        }
    }

    private static DN dn(String line, String text) {
        try {
            DN dn = new DN(text);
            if (!dn.isNullDN()) {
                return dn;
            }
        } catch (LDAPException e) {
            // told below
        }
        throw wrong(line, "does not begin with the DN of a group, such as cn=ops,ou=groups,dc=example,dc=org");
    }

    private static Grants grants(String line, String text) {
        Set<String> roles = new HashSet<>();
        Map<String, Set<Permission>> rights = new HashMap<>();
        for (String word : text.split("\\s+")) {
            int colon = word.indexOf(':');
            if (colon >= 0) {
                rights.computeIfAbsent(word.substring(0, colon), target -> EnumSet.noneOf(Permission.class)).addAll(permissions(line, word.substring(colon + 1)));
            } else if (word.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")) {
                roles.add(word);
            } else {
                throw wrong(line, "'" + word + "' is neither a role nor rights such as *:VIEW or bay1:VIEW+CONTROL");
            }
        }
        try {
            return new Grants(roles, Rights.checked(rights).byTarget());
        } catch (AccessException e) {
            throw wrong(line, e.getMessage());
        }
    }

    private static Set<Permission> permissions(String line, String text) {
        Set<Permission> result = EnumSet.noneOf(Permission.class);
        for (String name : text.split("\\+")) {
            try {
                result.add(Permission.valueOf(name));
            } catch (IllegalArgumentException e) {
                throw wrong(line, "'" + name + "' is no right; there are " + EnumSet.allOf(Permission.class));
            }
        }
        return result;
    }

    private static IllegalArgumentException wrong(String line, String what) {
        return new IllegalArgumentException("groupRoles: the line '" + line + "': " + what);
    }

    private static Grants both(Grants one, Grants other) {
        Set<String> roles = new HashSet<>(one.roles());
        roles.addAll(other.roles());
        Map<String, Set<Permission>> rights = new HashMap<>();
        for (Grants each : Set.of(one, other)) {
            each.rights().forEach((target, permissions) -> rights.computeIfAbsent(target, t -> EnumSet.noneOf(Permission.class)).addAll(permissions));
        }
        return new Grants(roles, rights);
    }

    boolean isEmpty() {
        return byGroup.isEmpty();
    }

    /** @param groups DNs as the directory writes them; what is no DN or not listed gives nothing */
    Grants of(Collection<String> groups) {
        Grants all = new Grants(Set.of(), Map.of());
        for (String group : groups) {
            try {
                Grants one = byGroup.get(new DN(group));
                all = one == null ? all : both(all, one);
            } catch (LDAPException e) {
                // A group that cannot be named gives nothing.
            }
        }
        return all;
    }
}
