package org.catseye.core.access;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Account;
import org.catseye.access.Caller;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.UserAdministration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Changes the users in {@code users.json}. Checks that depend on the users are made where they cannot change meanwhile. */
@Component(service = UserAdministration.class)
public final class FileUserAdministration implements UserAdministration {

    private static final int MOST_USERS = 256;
    private static final int MOST_ROLES = 256;

    private final FileAccessControl access;

    @Activate
    public FileUserAdministration(@Reference FileAccessControl access) {
        this.access = access;
    }

    @Override
    public List<Account> users(Caller by) throws AccessException {
        needAdmin(by);
        return accounts().users().values().stream().sorted(Comparator.comparing(User::name)).map(FileUserAdministration::account).toList();
    }

    @Override
    public Account user(Caller by, String name) throws AccessException {
        if (!access.isInPerson(by.session(), name)) {
            needAdmin(by);
        }
        return account(find(accounts(), name));
    }

    private static Map<String, String> told(String name, Grants grants) {
        return Map.of("name", name, "roles", String.join(" ", new TreeSet<>(grants.roles())), "rights", told(grants.rights()));
    }

    static String told(Map<String, Set<Permission>> rights) {
        return new TreeMap<>(rights).entrySet().stream().map(entry -> entry.getKey() + ":"
                + new TreeSet<>(entry.getValue()).stream().map(Permission::name).collect(Collectors.joining("+"))).collect(Collectors.joining(" "));
    }

    private static Account account(User user) {
        return new Account(user.name(), user.created(), new Grants(user.roles(), user.rights().byTarget()), user.factor().isPresent());
    }

    @Override
    public void add(Caller by, String name, char[] password, Grants grants) throws AccessException {
        needAdmin(by);
        GrantRule.checkName(name);
        PasswordRule.check(password);
        PasswordHash hash = access.passwords().hash(password);
        change(accounts -> {
            if (accounts.user(name).isPresent()) {
                throw new AccessException(Reason.CONFLICT, "There is a user of this name already.");
            }
            need(accounts.users().size() < MOST_USERS, "There may be " + MOST_USERS + " users at most.");
            User bare = new User(name, hash, Secrets.token(), access.now(), Set.of(), Rights.NONE);
            return accounts.with(GrantRule.apply(accounts, bare, grants));
        });
        access.changed(by, "user.added", told(name, grants));
    }

    @Override
    public void grant(Caller by, String name, Grants grants) throws AccessException {
        needAdmin(by);
        change(accounts -> GrantRule.keepAdmin(accounts.with(GrantRule.apply(accounts, find(accounts, name), grants).renewed())));
        endAllOf(name);
        access.changed(by, "user.granted", told(name, grants));
    }

    @Override
    public void remove(Caller by, String name) throws AccessException {
        needAdmin(by);
        change(accounts -> GrantRule.keepAdmin(accounts.without(find(accounts, name))));
        access.sessions().endAllOf(name);
        access.changed(by, "user.removed", Map.of("name", name));
    }

    @Override
    public Login changePassword(Caller by, char[] old, char[] next) throws AccessException {
        User user = find(accounts(), by.session().user());
        if (!access.isInPerson(by.session(), user.name())) {
            throw forbidden("A password is changed by a person who is logged in.");
        }
        if (!access.knowsPassword(user, old, by.address())) {
            throw new AccessException(Reason.BAD_CREDENTIALS, "The old password is wrong.");
        }
        setPassword(user.name(), next);
        access.changed(by, "password.changed", Map.of("name", user.name()));
        return access.sessions().open(find(accounts(), user.name()), by.address());
    }

    @Override
    public void resetPassword(Caller by, String name, char[] next) throws AccessException {
        needAdmin(by);
        if (name.equals(by.session().user())) {
            throw forbidden("Your own password is changed with the old one.");
        }
        setPassword(name, next);
        access.changed(by, "password.changed", Map.of("name", name));
    }

    private void setPassword(String name, char[] next) throws AccessException {
        find(accounts(), name);
        PasswordRule.check(next);
        PasswordHash hash = access.passwords().hash(next);
        change(accounts -> accounts.with(find(accounts, name).withPassword(hash).renewed().withoutTokens()));
        endAllOf(name);
    }

    @Override
    public Map<String, Map<String, Set<Permission>>> roles(Caller by) throws AccessException {
        needAdmin(by);
        Map<String, Map<String, Set<Permission>>> result = new TreeMap<>();
        accounts().roles().forEach((name, rights) -> result.put(name, rights.byTarget()));
        return result;
    }

    @Override
    public void putRole(Caller by, String name, Map<String, Set<Permission>> rights) throws AccessException {
        needAdmin(by);
        GrantRule.checkName(name);
        need(!name.equals(Accounts.ADMIN_ROLE), "The role " + Accounts.ADMIN_ROLE + " is built in and may do everything.");
        Rights checked = GrantRule.check(rights);
        change(accounts -> {
            need(accounts.knowsRole(name) || accounts.roles().size() < MOST_ROLES, "There may be " + MOST_ROLES + " roles at most.");
            Accounts changed = accounts.withRole(name, checked);
            for (User user : accounts.having(name)) {
                changed = changed.with(user.renewed());
            }
            return GrantRule.keepAdmin(changed);
        });
        accounts().having(name).forEach(user -> access.sessions().endAllOf(user));
        access.changed(by, "role.changed", Map.of("name", name, "rights", told(rights)));
    }

    @Override
    public void removeRole(Caller by, String name) throws AccessException {
        needAdmin(by);
        change(accounts -> {
            if (!accounts.roles().containsKey(name)) {
                throw new AccessException(Reason.NOT_FOUND, "There is no such role.");
            }
            if (!accounts.having(name).isEmpty()) {
                throw new AccessException(Reason.CONFLICT, "Somebody has this role. Take it from everybody first.");
            }
            return accounts.withoutRole(name);
        });
        access.changed(by, "role.removed", Map.of("name", name));
    }

    private void endAllOf(String name) {
        accounts().user(name).ifPresent(user -> access.sessions().endAllOf(user));
    }

    private Accounts accounts() {
        return access.store().accounts();
    }

    private void needAdmin(Caller by) throws AccessException {
        if (!access.permits(by.session(), Permission.ADMIN, Rights.EVERY)) {
            throw forbidden("This needs the right ADMIN.");
        }
    }

    private static User find(Accounts accounts, String name) throws AccessException {
        return accounts.user(name).orElseThrow(() -> new AccessException(Reason.NOT_FOUND, "There is no such user."));
    }

    private static void need(boolean right, String message) throws AccessException {
        if (!right) {
            throw new AccessException(Reason.INVALID, message);
        }
    }

    private static AccessException forbidden(String message) {
        return new AccessException(Reason.FORBIDDEN, message);
    }

    private void change(UserStore.Change change) throws AccessException {
        access.changeUsers(change);
    }
}
