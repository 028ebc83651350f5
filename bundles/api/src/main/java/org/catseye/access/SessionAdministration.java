package org.catseye.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who is logged in, and the API tokens of programs. People manage their own; with ADMIN, everybody's. A program that comes with a
 * token manages nothing of its user's unless the token has ADMIN. What is ended closes its sockets before the method returns.
 * Thread-safe.
 */
@ProviderType
public interface SessionAdministration {

    /** The logins that the caller may end. */
    List<Opened> sessions(Caller by) throws AccessException;

    /** The API tokens that the caller may revoke. */
    List<Opened> tokens(Caller by) throws AccessException;

    /**
     * Makes an API token, which may do what is both in {@code rights} and allowed to its user at that moment. Needs a person who is
     * logged in. A new password of the user voids it; new rights only close what it has open.
     *
     * @param name for people, 1 to 64 printable characters
     * @return the token, given out this once
     * @throws AccessException FORBIDDEN, INVALID (name, rights, or an end that is past or more than ten years away), CONFLICT if the
     *         user has a token of this name
     */
    Login createToken(Caller by, String name, Map<String, Set<Permission>> rights, Instant expires) throws AccessException;

    /** Ends a login; NOT_FOUND if there is none of this id that the caller may end. */
    void endSession(Caller by, String id) throws AccessException;

    /** Revokes a token; NOT_FOUND if there is none of this id that the caller may revoke. */
    void revokeToken(Caller by, String id) throws AccessException;

    /**
     * A login or a token. Holds no secret.
     *
     * @param id opens nothing
     * @param name of a token; empty for a login
     * @param rights of a token: the cap on its user's; empty for a login
     * @param address where it was opened
     * @param current whether the caller asks with it
     * @param authenticator who vouches for the user, by its short name
     */
    record Opened(String id, String user, String name, Map<String, Set<Permission>> rights, Instant created, Instant used, Instant expires,
            String address, boolean current, String authenticator) {
    }
}
