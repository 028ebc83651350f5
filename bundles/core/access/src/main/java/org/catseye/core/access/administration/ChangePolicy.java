package org.catseye.core.access.administration;

import java.util.Locale;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Caller;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.spi.UserRecord;
import org.catseye.access.spi.UserRecords;
import org.catseye.core.access.AccessService;
import org.catseye.core.access.login.LoginAttempts;
import org.catseye.core.access.password.PasswordHash;
import org.catseye.core.access.session.LiveSession;
import org.catseye.core.access.users.LocalUsers;

/** Which caller may change what. Thread-safe. */
final class ChangePolicy {

    private final AccessService access;
    private final LocalUsers users;

    ChangePolicy(AccessService access, LocalUsers users) {
        this.access = access;
        this.users = users;
    }

    /** @throws AccessException FORBIDDEN */
    void requireAdmin(Caller by) throws AccessException {
        if (!access.hasPermission(by.session(), Permission.ADMIN, Rights.EVERY)) {
            throw new AccessException(Reason.FORBIDDEN, "This needs the right ADMIN.");
        }
    }

    /** Whether the caller is logged in as this user of this device; false for an API token. */
    boolean isLoggedInAs(Caller by, String user) {
        return access.isLoggedIn(by.session()) && ((LiveSession) by.session()).isOfUser(LocalUsers.AUTHENTICATOR, user);
    }

    /** Whether the caller is a user of this device. A user of a directory may have the same name. */
    boolean isLocal(Caller by) {
        return access.authenticatorOf(by.session()).equals(LocalUsers.AUTHENTICATOR);
    }

    /** @throws AccessException NOT_FOUND for a user of a directory, whose account can't be changed here */
    void requireLocal(Caller by) throws AccessException {
        String authenticator = access.authenticatorOf(by.session());
        if (!authenticator.isEmpty() && !isLocal(by)) {
            throw new AccessException(Reason.NOT_FOUND, "Your account is not kept on this device but in " + authenticator.toUpperCase(Locale.ROOT)
                    + ": password, rights and second factor are changed there.");
        }
    }

    /** Whether this is the current password of the user; counts as an attempt like a login. */
    boolean isPassword(UserRecord user, char[] password, Caller by) throws AccessException {
        LoginAttempts.Guess attempt = access.attempts().beginAttempt(user.name(), by.address());
        try {
            boolean right = users.hasher().matchesHash(password, PasswordHash.parsePhc(user.passwordHash()));
            if (right) {
                attempt.markSucceeded();
            }
            return right;
        } catch (AccessException e) {
            attempt.cancelAttempt();
            throw e;
        }
    }

    /** @throws AccessException NOT_FOUND */
    static UserRecord requireUser(UserRecords records, String name) throws AccessException {
        return records.findUser(name).orElseThrow(() -> new AccessException(Reason.NOT_FOUND, "There is no such user."));
    }
}
