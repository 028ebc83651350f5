package org.catseye.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The logins of users and the API tokens of programs. Users manage their own; with ADMIN, all. A program with an API token manages nothing unless
 * the token has ADMIN. When a session ends, its sockets are closed before the method returns.
 * Thread-safe.
 */
@ProviderType
public interface SessionAdministration {

    /** The logins that the caller may end. */
    List<Opened> sessions(Caller by) throws AccessException;

    /** The API tokens that the caller may revoke. */
    List<Opened> tokens(Caller by) throws AccessException;

    /**
     * Creates an API token. It has the rights that are both in {@code rights} and currently those of its user. Needs a user who is logged in.
     * A new password of the user voids it; new rights only close what it has open.
     *
     * @param name for people, 1 to 64 printable characters
     * @return the token, returned only here
     * @throws AccessException FORBIDDEN, INVALID (name, rights, or an end that is past or more than ten years away), CONFLICT if the
     *         user has a token of this name
     */
    Login createToken(Caller by, String name, Map<String, Set<Permission>> rights, Instant expires) throws AccessException;

    /** Ends a login; NOT_FOUND if there is none of this id that the caller may end. */
    void endSession(Caller by, String id) throws AccessException;

    /** Revokes a token; NOT_FOUND if there is none of this id that the caller may revoke. */
    void revokeToken(Caller by, String id) throws AccessException;

    /**
     * A login or a token. Contains no secret.
     *
     * @param id grants no access
     * @param name of a token; empty for a login
     * @param rights of a token: limits those of its user; empty for a login
     * @param address from which it was opened
     * @param current whether the caller uses it
     * @param authenticator the short name of the one that confirmed the user
     */
    record Opened(String id, String user, String name, Map<String, Set<Permission>> rights, Instant created, Instant used, Instant expires,
            String address, boolean current, String authenticator) {
    }
}
