package org.catseye.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Users, roles and what they may do. Each method asks whether the caller may: FORBIDDEN if not. A change is on the disk when its
 * method returns; when it throws there was none (UNAVAILABLE if the disk was the reason). Whoever's password or rights change is
 * logged out everywhere, sockets included. Thread-safe; methods that take a password compute some 0.1 s on purpose.
 *
 * <p>There is always somebody with ADMIN: a change that would end this throws LAST_ADMIN.
 */
@ProviderType
public interface UserAdministration {

    /** Everybody, by name. Needs ADMIN. */
    List<Account> users(Caller by) throws AccessException;

    /** One's own account, or with ADMIN anybody's; NOT_FOUND. */
    Account user(Caller by, String name) throws AccessException;

    /** A new user. Needs ADMIN; CONFLICT if the name is taken, INVALID for a bad name or grant, WEAK_PASSWORD. */
    void add(Caller by, String name, char[] password, Grants grants) throws AccessException;

    /** Replaces what a user may do. Needs ADMIN; NOT_FOUND, INVALID, LAST_ADMIN. */
    void grant(Caller by, String name, Grants grants) throws AccessException;

    /** Needs ADMIN; NOT_FOUND, LAST_ADMIN. */
    void remove(Caller by, String name) throws AccessException;

    /**
     * Changes the caller's own password and logs him in anew; his API tokens are void.
     *
     * @throws AccessException BAD_CREDENTIALS if {@code old} is wrong, WEAK_PASSWORD, TOO_MANY_ATTEMPTS
     */
    Login changePassword(Caller by, char[] old, char[] next) throws AccessException;

    /** Gives somebody else a new password; his API tokens are void. Needs ADMIN; NOT_FOUND, WEAK_PASSWORD. */
    void resetPassword(Caller by, String name, char[] next) throws AccessException;

    /** What each role may do, without the built-in one. Needs ADMIN. */
    Map<String, Map<String, Set<Permission>>> roles(Caller by) throws AccessException;

    /** Makes a role or changes it, and with it what all who have it may do. Needs ADMIN; INVALID, LAST_ADMIN. */
    void putRole(Caller by, String name, Map<String, Set<Permission>> rights) throws AccessException;

    /** Needs ADMIN; NOT_FOUND, CONFLICT if somebody has it. */
    void removeRole(Caller by, String name) throws AccessException;
}
