package org.catseye.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Manages the users and roles of this device. Every method checks the caller's permissions and throws FORBIDDEN if they are
 * missing. A change is on disk when its method returns. If the method throws, nothing has changed; NOT_STORED means that the
 * change could not be stored. Changing a user's password or rights ends all of that user's sessions, including sockets.
 * Thread-safe. Methods that take a password take about 0.1 s on purpose.
 *
 * <p>At least one user always has ADMIN: a change that would leave none throws LAST_ADMIN.
 */
@ProviderType
public interface UserAdministration {

    /** Lists all users by name. Requires ADMIN. */
    List<Account> users(Caller by) throws AccessException;

    /** Returns the caller's own account, or any account for a caller with ADMIN. Throws NOT_FOUND if there is no such user. */
    Account user(Caller by, String name) throws AccessException;

    /**
     * Adds a user. Requires ADMIN. Throws CONFLICT if the name is taken, INVALID for an invalid name or grant, or WEAK_PASSWORD.
     */
    void add(Caller by, String name, char[] password, Grants grants) throws AccessException;

    /** Replaces the roles and rights of a user. Requires ADMIN. Throws NOT_FOUND, INVALID or LAST_ADMIN. */
    void grant(Caller by, String name, Grants grants) throws AccessException;

    /** Removes a user. Requires ADMIN. Throws NOT_FOUND or LAST_ADMIN. */
    void remove(Caller by, String name) throws AccessException;

    /**
     * Changes the caller's password and opens a new session. The caller's API tokens become void.
     *
     * @param by the caller
     * @param old the current password
     * @param next the new password
     * @throws AccessException with BAD_CREDENTIALS if {@code old} is wrong, WEAK_PASSWORD or TOO_MANY_ATTEMPTS
     */
    Login changePassword(Caller by, char[] old, char[] next) throws AccessException;

    /** Sets another user's password and voids that user's API tokens. Requires ADMIN. Throws NOT_FOUND or WEAK_PASSWORD. */
    void resetPassword(Caller by, String name, char[] next) throws AccessException;

    /** Returns the rights of each role except the built-in one. Requires ADMIN. */
    Map<String, Map<String, Set<Permission>>> roles(Caller by) throws AccessException;

    /** Creates or changes a role, which also changes the rights of its users. Requires ADMIN. Throws INVALID or LAST_ADMIN. */
    void putRole(Caller by, String name, Map<String, Set<Permission>> rights) throws AccessException;

    /** Removes a role. Requires ADMIN. Throws NOT_FOUND, or CONFLICT if a user has the role. */
    void removeRole(Caller by, String name) throws AccessException;
}
