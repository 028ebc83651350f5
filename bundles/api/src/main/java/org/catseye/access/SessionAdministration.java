package org.catseye.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Manages logins of users and API tokens of programs. Users manage their own; users with ADMIN manage all. A program with an API
 * token can manage sessions only if the token has ADMIN. When a session ends, its sockets are closed before the method returns.
 * Thread-safe.
 */
@ProviderType
public interface SessionAdministration {

    /** Lists the logins that the caller may end. */
    List<Opened> sessions(Caller by) throws AccessException;

    /** Lists the API tokens that the caller may revoke. */
    List<Opened> tokens(Caller by) throws AccessException;

    /**
     * Creates an API token. It grants the permissions that are both in {@code rights} and currently granted to its user. The
     * caller must be a logged-in user. Changing the user's password voids the token; changing the user's rights only closes the
     * connections that use it.
     *
     * @param by the caller
     * @param name a name for display, 1 to 64 printable characters
     * @param rights permissions by target id
     * @param expires when the token expires
     * @return the session and its token, which is returned only here
     * @throws AccessException with FORBIDDEN, INVALID (name, rights, or an expiry in the past or more than ten years ahead), or
     *     CONFLICT if the user already has a token with this name
     */
    Login createToken(Caller by, String name, Map<String, Set<Permission>> rights, Instant expires) throws AccessException;

    /** Ends a login. Throws NOT_FOUND if the caller may end no login with this id. */
    void endSession(Caller by, String id) throws AccessException;

    /** Revokes an API token. Throws NOT_FOUND if the caller may revoke no token with this id. */
    void revokeToken(Caller by, String id) throws AccessException;

    /**
     * A login or an API token. Contains no secret.
     *
     * @param id an identifier that grants no access
     * @param user the user it belongs to
     * @param name the name of a token; empty for a login
     * @param rights the rights of a token, which limit those of its user; empty for a login
     * @param created when it was created
     * @param used when it was last used
     * @param expires when it expires
     * @param address the address from which it was opened
     * @param current whether the caller is using it
     * @param authenticator the short name of the authenticator that confirmed the user
     */
    record Opened(String id, String user, String name, Map<String, Set<Permission>> rights, Instant created, Instant used, Instant expires,
            String address, boolean current, String authenticator) {
    }
}
