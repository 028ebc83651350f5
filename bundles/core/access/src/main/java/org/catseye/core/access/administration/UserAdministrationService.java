package org.catseye.core.access.administration;

import static org.catseye.core.access.administration.ChangePolicy.requireUser;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Account;
import org.catseye.access.Caller;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.UserAdministration;
import org.catseye.access.spi.UserRecord;
import org.catseye.access.spi.UserRecords;
import org.catseye.core.access.AccessService;
import org.catseye.core.access.password.PasswordHash;
import org.catseye.core.access.password.PasswordRule;
import org.catseye.core.access.users.GrantRule;
import org.catseye.core.access.users.LocalUsers;
import org.catseye.core.access.users.NewUser;
import org.catseye.secrets.Secrets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Changes users and roles of this device. Checks that depend on the users are made inside the change, under its lock. Thread-safe. */
@Component(service = UserAdministration.class)
public final class UserAdministrationService implements UserAdministration {

    private static final int MAX_USERS = 256;
    private static final int MAX_ROLES = 256;

    private final AccessService access;
    private final LocalUsers users;
    private final ChangePolicy policy;

    @Activate
    public UserAdministrationService(@Reference AccessService access, @Reference LocalUsers users) {
        this.access = access;
        this.users = users;
        this.policy = new ChangePolicy(access);
    }

    @Override
    public List<Account> users(Caller by) throws AccessException {
        policy.requireAdmin(by);
        return records().users().values().stream().sorted(Comparator.comparing(UserRecord::name)).map(UserAdministrationService::toAccount).toList();
    }

    @Override
    public Account user(Caller by, String name) throws AccessException {
        if (!policy.isLoggedInAs(by, name)) {
            if (name.equals(by.session().user())) {
                policy.requireLocal(by);
            }
            policy.requireAdmin(by);
        }
        return toAccount(requireUser(records(), name));
    }

    private static Map<String, String> describeGrants(String name, Grants grants) {
        return Map.of("name", name, "roles", String.join(" ", new TreeSet<>(grants.roles())), "rights", new Rights(grants.rights()).describe());
    }

    private static Account toAccount(UserRecord user) {
        return new Account(user.name(), user.created(), new Grants(user.roles(), user.rights().byTarget()), user.secondFactor().isPresent());
    }

    @Override
    public void add(Caller by, String name, char[] password, Grants grants) throws AccessException {
        policy.requireAdmin(by);
        GrantRule.checkName(name);
        PasswordRule.checkPassword(password);
        PasswordHash hash = users.hasher().hashPassword(password);
        users.accounts().changeRecords(records -> {
            GrantRule.requireDistinctName(records, name);
            requireValid(records.users().size() < MAX_USERS, "There may be " + MAX_USERS + " users at most.");
            UserRecord bare = NewUser.createUser(name, hash, users.time().instant());
            return records.withUser(GrantRule.applyGrants(records, bare, grants));
        });
        access.endSessionsOfUser(name);
        access.recordChange(by, "user.added", describeGrants(name, grants));
    }

    @Override
    public void grant(Caller by, String name, Grants grants) throws AccessException {
        policy.requireAdmin(by);
        users.accounts().changeRecords(records -> GrantRule.requireAdmin(records.withUser(GrantRule.applyGrants(records, requireUser(records, name), grants).withStamp(Secrets.token()))));
        access.endSessionsOfUser(name);
        access.recordChange(by, "user.granted", describeGrants(name, grants));
    }

    @Override
    public void remove(Caller by, String name) throws AccessException {
        policy.requireAdmin(by);
        users.accounts().changeRecords(records -> GrantRule.requireAdmin(records.withoutUser(requireUser(records, name).name())));
        access.endSessionsOfUser(name);
        access.recordChange(by, "user.removed", Map.of("name", name));
    }

    @Override
    public Login changePassword(Caller by, char[] old, char[] next) throws AccessException {
        policy.requireLocal(by);
        UserRecord user = requireUser(records(), by.session().user());
        if (!policy.isLoggedInAs(by, user.name())) {
            throw forbidden("Only a user who is logged in can change a password.");
        }
        policy.requirePassword(by, old, "The old password is wrong.");
        setPassword(user.name(), next);
        access.recordChange(by, "password.changed", Map.of("name", user.name()));
        return access.openSession(LocalUsers.toIdentity(requireUser(records(), user.name())), by.address());
    }

    @Override
    public void resetPassword(Caller by, String name, char[] next) throws AccessException {
        policy.requireAdmin(by);
        if (policy.isLocal(by) && name.equals(by.session().user())) {
            throw forbidden("Change your own password with the old one.");
        }
        setPassword(name, next);
        access.recordChange(by, "password.changed", Map.of("name", name));
    }

    private void setPassword(String name, char[] next) throws AccessException {
        requireUser(records(), name);
        PasswordRule.checkPassword(next);
        PasswordHash hash = users.hasher().hashPassword(next);
        users.accounts().changeRecords(records -> records.withUser(requireUser(records, name).withPasswordHash(hash.toPhc()).withStamp(Secrets.token()).withTokenStamp(Secrets.token())));
        access.endSessionsOfUser(name);
    }

    @Override
    public Map<String, Map<String, Set<Permission>>> roles(Caller by) throws AccessException {
        policy.requireAdmin(by);
        Map<String, Map<String, Set<Permission>>> result = new TreeMap<>();
        records().roles().forEach((name, rights) -> result.put(name, rights.byTarget()));
        return result;
    }

    @Override
    public void putRole(Caller by, String name, Map<String, Set<Permission>> rights) throws AccessException {
        policy.requireAdmin(by);
        GrantRule.checkName(name);
        requireValid(!name.equals(Rights.ADMIN_ROLE), "The role " + Rights.ADMIN_ROLE + " is built in and has all rights.");
        Rights checked = Rights.checked(rights);
        users.accounts().changeRecords(records -> {
            GrantRule.requireDistinctRole(records, name);
            requireValid(GrantRule.hasRole(records, name) || records.roles().size() < MAX_ROLES, "There may be " + MAX_ROLES + " roles at most.");
            UserRecords changed = records.withRole(name, checked);
            for (UserRecord user : GrantRule.findUsersWithRole(records, name)) {
                changed = changed.withUser(user.withStamp(Secrets.token()));
            }
            return GrantRule.requireAdmin(changed);
        });
        access.endSessionsOfRole(name);
        access.recordChange(by, "role.changed", Map.of("name", name, "rights", checked.describe()));
    }

    @Override
    public void removeRole(Caller by, String name) throws AccessException {
        policy.requireAdmin(by);
        users.accounts().changeRecords(records -> {
            if (!records.roles().containsKey(name)) {
                throw new AccessException(Reason.NOT_FOUND, "There is no such role.");
            }
            if (!GrantRule.findUsersWithRole(records, name).isEmpty()) {
                throw new AccessException(Reason.CONFLICT, "A user has this role. Remove it from all users first.");
            }
            return records.withoutRole(name);
        });
        access.recordChange(by, "role.removed", Map.of("name", name));
    }

    private UserRecords records() {
        return users.accounts().currentRecords();
    }

    private static void requireValid(boolean valid, String message) throws AccessException {
        if (!valid) {
            throw new AccessException(Reason.INVALID, message);
        }
    }

    private static AccessException forbidden(String message) {
        return new AccessException(Reason.FORBIDDEN, message);
    }
}
