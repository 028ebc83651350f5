package org.catseye.auth.file;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.catseye.access.AccessControl;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Account;
import org.catseye.access.Audit;
import org.catseye.access.Caller;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.UserAdministration;
import org.catseye.access.spi.SessionKeeper;
import org.catseye.secrets.Secrets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Changes the users in {@code users.json}. Checks that depend on the users are made where they cannot change meanwhile. */
@Component(service = UserAdministration.class)
public final class FileUserAdministration implements UserAdministration {

    private static final int MOST_USERS = 256;
    private static final int MOST_ROLES = 256;

    private final FileUsers users;
    private final LocalDesk desk;
    private final SessionKeeper keeper;

    @Activate
    public FileUserAdministration(@Reference FileUsers users, @Reference AccessControl access, @Reference SessionKeeper keeper, @Reference Audit audit) {
        this.users = users;
        this.keeper = keeper;
        this.desk = new LocalDesk(users, access, keeper, audit);
    }

    @Override
    public List<Account> users(Caller by) throws AccessException {
        desk.needAdmin(by);
        return accounts().users().values().stream().sorted(Comparator.comparing(User::name)).map(FileUserAdministration::account).toList();
    }

    @Override
    public Account user(Caller by, String name) throws AccessException {
        if (!desk.isInPerson(by, name)) {
            if (name.equals(by.session().user())) {
                desk.refuseStrangers(by);
            }
            desk.needAdmin(by);
        }
        return account(find(accounts(), name));
    }

    private static Map<String, String> told(String name, Grants grants) {
        return Map.of("name", name, "roles", String.join(" ", new TreeSet<>(grants.roles())), "rights", new Rights(grants.rights()).describe());
    }

    private static Account account(User user) {
        return new Account(user.name(), user.created(), new Grants(user.roles(), user.rights().byTarget()), user.factor().isPresent());
    }

    @Override
    public void add(Caller by, String name, char[] password, Grants grants) throws AccessException {
        desk.needAdmin(by);
        GrantRule.checkName(name);
        PasswordRule.check(password);
        PasswordHash hash = users.passwords().hash(password);
        change(accounts -> {
            if (accounts.user(name).isPresent()) {
                throw new AccessException(Reason.CONFLICT, "There is a user of this name already.");
            }
            need(accounts.users().size() < MOST_USERS, "There may be " + MOST_USERS + " users at most.");
            User bare = new User(name, hash, Secrets.token(), users.now(), Set.of(), Rights.NONE);
            return accounts.with(GrantRule.apply(accounts, bare, grants));
        });
        keeper.userChanged(FileUsers.OWN_NAME, name);
        desk.changed(by, "user.added", told(name, grants));
    }

    @Override
    public void grant(Caller by, String name, Grants grants) throws AccessException {
        desk.needAdmin(by);
        change(accounts -> GrantRule.keepAdmin(accounts.with(GrantRule.apply(accounts, find(accounts, name), grants).renewed())));
        keeper.userChanged(FileUsers.OWN_NAME, name);
        desk.changed(by, "user.granted", told(name, grants));
    }

    @Override
    public void remove(Caller by, String name) throws AccessException {
        desk.needAdmin(by);
        change(accounts -> GrantRule.keepAdmin(accounts.without(find(accounts, name))));
        keeper.userChanged(FileUsers.OWN_NAME, name);
        desk.changed(by, "user.removed", Map.of("name", name));
    }

    @Override
    public Login changePassword(Caller by, char[] old, char[] next) throws AccessException {
        desk.refuseStrangers(by);
        User user = find(accounts(), by.session().user());
        if (!desk.isInPerson(by, user.name())) {
            throw forbidden("A password is changed by a person who is logged in.");
        }
        if (!desk.knowsPassword(user, old, by)) {
            throw new AccessException(Reason.BAD_CREDENTIALS, "The old password is wrong.");
        }
        setPassword(user.name(), next);
        desk.changed(by, "password.changed", Map.of("name", user.name()));
        return keeper.open(FileUsers.OWN_NAME, FileUsers.identity(find(accounts(), user.name())), by.address());
    }

    @Override
    public void resetPassword(Caller by, String name, char[] next) throws AccessException {
        desk.needAdmin(by);
        if (desk.isOurs(by) && name.equals(by.session().user())) {
            throw forbidden("Your own password is changed with the old one.");
        }
        setPassword(name, next);
        desk.changed(by, "password.changed", Map.of("name", name));
    }

    private void setPassword(String name, char[] next) throws AccessException {
        find(accounts(), name);
        PasswordRule.check(next);
        PasswordHash hash = users.passwords().hash(next);
        change(accounts -> accounts.with(find(accounts, name).withPassword(hash).renewed().withoutTokens()));
        keeper.userChanged(FileUsers.OWN_NAME, name);
    }

    @Override
    public Map<String, Map<String, Set<Permission>>> roles(Caller by) throws AccessException {
        desk.needAdmin(by);
        Map<String, Map<String, Set<Permission>>> result = new TreeMap<>();
        accounts().roles().forEach((name, rights) -> result.put(name, rights.byTarget()));
        return result;
    }

    @Override
    public void putRole(Caller by, String name, Map<String, Set<Permission>> rights) throws AccessException {
        desk.needAdmin(by);
        GrantRule.checkName(name);
        need(!name.equals(Rights.ADMIN_ROLE), "The role " + Rights.ADMIN_ROLE + " is built in and may do everything.");
        Rights checked = Rights.checked(rights);
        change(accounts -> {
            need(accounts.knowsRole(name) || accounts.roles().size() < MOST_ROLES, "There may be " + MOST_ROLES + " roles at most.");
            Accounts changed = accounts.withRole(name, checked);
            for (User user : accounts.having(name)) {
                changed = changed.with(user.renewed());
            }
            return GrantRule.keepAdmin(changed);
        });
        keeper.roleChanged(name);
        desk.changed(by, "role.changed", Map.of("name", name, "rights", checked.describe()));
    }

    @Override
    public void removeRole(Caller by, String name) throws AccessException {
        desk.needAdmin(by);
        change(accounts -> {
            if (!accounts.roles().containsKey(name)) {
                throw new AccessException(Reason.NOT_FOUND, "There is no such role.");
            }
            if (!accounts.having(name).isEmpty()) {
                throw new AccessException(Reason.CONFLICT, "Somebody has this role. Take it from everybody first.");
            }
            return accounts.withoutRole(name);
        });
        desk.changed(by, "role.removed", Map.of("name", name));
    }

    private Accounts accounts() {
        return users.store().accounts();
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
        users.change(change);
    }
}
