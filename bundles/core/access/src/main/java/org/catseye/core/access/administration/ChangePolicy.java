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
import org.catseye.core.access.session.LiveSession;
import org.catseye.core.access.users.LocalUsers;

/** Which caller may change what. Thread-safe. */
final class ChangePolicy {

    private final AccessService access;

    ChangePolicy(AccessService access) {
        this.access = access;
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

    /**
     * Requires the current password of the caller, who is logged in.
     *
     * @param refusal the message if it is wrong
     * @throws AccessException BAD_CREDENTIALS, TOO_MANY_ATTEMPTS or UNAVAILABLE
     */
    void requirePassword(Caller by, char[] password, String refusal) throws AccessException {
        access.identityCheck().requirePassword((LiveSession) by.session(), password, by.address(), refusal);
    }

    /** @throws AccessException NOT_FOUND */
    static UserRecord requireUser(UserRecords records, String name) throws AccessException {
        return records.findUser(name).orElseThrow(() -> new AccessException(Reason.NOT_FOUND, "There is no such user."));
    }
}
