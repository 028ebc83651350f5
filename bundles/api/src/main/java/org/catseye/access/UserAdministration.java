package org.catseye.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Users and roles of this device, and their rights. Each method checks the caller: FORBIDDEN if it isn't allowed. A change is on the disk when its
 * method returns; when it throws, nothing changed (UNAVAILABLE if the disk was the reason). A change of the password or rights of a user ends
 * all their sessions, sockets included. Thread-safe; methods with a password take about 0.1 s on purpose.
 *
 * <p>There always is a user with ADMIN: a change that would end this throws LAST_ADMIN.
 */
@ProviderType
public interface UserAdministration {

    /** All users, by name. Needs ADMIN. */
    List<Account> users(Caller by) throws AccessException;

    /** The caller's own account, or with ADMIN any; NOT_FOUND. */
    Account user(Caller by, String name) throws AccessException;

    /** A new user. Needs ADMIN; CONFLICT if the name is taken, INVALID for a bad name or grant, WEAK_PASSWORD. */
    void add(Caller by, String name, char[] password, Grants grants) throws AccessException;

    /** Replaces the roles and rights of a user. Needs ADMIN; NOT_FOUND, INVALID, LAST_ADMIN. */
    void grant(Caller by, String name, Grants grants) throws AccessException;

    /** Needs ADMIN; NOT_FOUND, LAST_ADMIN. */
    void remove(Caller by, String name) throws AccessException;

    /**
     * Changes the caller's own password and opens a new login; the caller's API tokens become void.
     *
     * @throws AccessException BAD_CREDENTIALS if {@code old} is wrong, WEAK_PASSWORD, TOO_MANY_ATTEMPTS
     */
    Login changePassword(Caller by, char[] old, char[] next) throws AccessException;

    /** Sets the password of another user, whose API tokens become void. Needs ADMIN; NOT_FOUND, WEAK_PASSWORD. */
    void resetPassword(Caller by, String name, char[] next) throws AccessException;

    /** The rights of each role, without the built-in one. Needs ADMIN. */
    Map<String, Map<String, Set<Permission>>> roles(Caller by) throws AccessException;

    /** Creates or changes a role, and thereby the rights of its users. Needs ADMIN; INVALID, LAST_ADMIN. */
    void putRole(Caller by, String name, Map<String, Set<Permission>> rights) throws AccessException;

    /** Needs ADMIN; NOT_FOUND, CONFLICT if a user has it. */
    void removeRole(Caller by, String name) throws AccessException;
}
