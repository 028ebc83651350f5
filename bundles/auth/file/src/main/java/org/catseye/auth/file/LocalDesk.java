package org.catseye.auth.file;

import java.util.Locale;
import java.util.Map;
import org.catseye.access.AccessControl;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Audit;
import org.catseye.access.Caller;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.spi.SessionKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who stands before us and wants something changed: whether he may, whether he is it, and that it is put on record. */
final class LocalDesk {

    private static final Logger LOG = LoggerFactory.getLogger(LocalDesk.class);

    private final FileUsers users;
    private final AccessControl access;
    private final SessionKeeper keeper;
    private final Audit audit;

    LocalDesk(FileUsers users, AccessControl access, SessionKeeper keeper, Audit audit) {
        this.users = users;
        this.access = access;
        this.keeper = keeper;
        this.audit = audit;
    }

    /** @throws AccessException FORBIDDEN */
    void needAdmin(Caller by) throws AccessException {
        if (!access.hasPermission(by.session(), Permission.ADMIN, Rights.EVERY)) {
            throw new AccessException(Reason.FORBIDDEN, "This needs the right ADMIN.");
        }
    }

    boolean isInPerson(Caller by, String user) {
        return keeper.inPerson(by.session(), FileUsers.OWN_NAME, user);
    }

    /** Whether the caller is a user of this device; otherwise one of ours may have his name. */
    boolean isOurs(Caller by) {
        return keeper.authenticator(by.session()).equals(FileUsers.OWN_NAME);
    }

    /** @throws AccessException NOT_FOUND for a user who is kept elsewhere and asks for what only ours have */
    void refuseStrangers(Caller by) throws AccessException {
        String keptBy = keeper.authenticator(by.session());
        if (!keptBy.isEmpty() && !isOurs(by)) {
            throw new AccessException(Reason.NOT_FOUND, "Your account is not kept on this device but in " + keptBy.toUpperCase(Locale.ROOT)
                    + ": password, rights and second factor are changed there.");
        }
    }

    SessionKeeper.Attempt attempt(String user, String address) throws AccessException {
        return keeper.attempt(user, address);
    }

    /** Whether it is this user's present password; counted as an attempt like a login. */
    boolean knowsPassword(User user, char[] password, Caller by) throws AccessException {
        SessionKeeper.Attempt attempt = keeper.attempt(user.name(), by.address());
        try {
            boolean right = users.passwords().matches(password, user.password());
            if (right) {
                attempt.succeeded();
            }
            return right;
        } catch (AccessException e) {
            attempt.cancelled();
            throw e;
        }
    }

    /** Puts on record, and tells the log, what somebody changed. */
    void changed(Caller by, String action, Map<String, String> details) {
        LOG.info("{} by {} from {}: {}", action, by.session().user(), by.address(), details);
        audit.record(action, by.session().user(), by.address(), details);
    }
}
