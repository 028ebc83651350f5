package org.catseye.core.access.authenticator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.catseye.access.spi.Answer;
import org.catseye.core.access.session.LiveSession;
import org.catseye.core.access.session.SessionRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks authenticators that keep their users elsewhere whether the users with a session may continue, each about once a minute. */
public final class UserRecheck {

    private static final Logger LOG = LoggerFactory.getLogger(UserRecheck.class);

    private final Authenticators authenticators;
    private final UserStatus status;
    private final SessionRegistry sessions;
    private final InstantSource time;
    private final Supplier<Duration> interval;

    public UserRecheck(Authenticators authenticators, UserStatus status, SessionRegistry sessions, InstantSource time, Supplier<Duration> interval) {
        this.authenticators = authenticators;
        this.status = status;
        this.sessions = sessions;
        this.time = time;
        this.interval = interval;
    }

    /** One round. Blocks while they answer; one that is unavailable is left alone until the next round. */
    public void recheckUsers() {
        authenticators.listAuthenticators().stream().filter(authenticator -> !authenticator.isLocal()).forEach(this::recheckUsersOf);
        suspendUnconfirmedSessions();
    }

    private void recheckUsersOf(BoundAuthenticator authenticator) {
        String name = authenticator.name();
        for (String user : listDueUsers(name)) {
            Answer answer = authenticators.checkUser(authenticator, user);
            if (answer instanceof Answer.Known known) {
                status.recordIdentity(name, known.identity());
                sessions.endStaleSessions(name, known.identity());
                status.refreshSessions(sessions.listSessions().stream().filter(session -> session.isOfUser(name, known.identity().user())).toList());
            } else if (answer instanceof Answer.Unavailable) {
                return;
            } else {
                LOG.info("{} is no longer a user of {} and is logged out", user, name);
                status.forgetUser(name, user);
                sessions.endSessionsOf(name, user);
            }
        }
    }

    /** The user with the oldest answer first, so that a slow directory does not always leave out the same ones. */
    private List<String> listDueUsers(String authenticator) {
        Set<String> due = sessions.listSessions().stream().filter(session -> session.authenticator().equals(authenticator)).map(LiveSession::user)
                .filter(user -> !time.instant().isBefore(status.lastAnswered(authenticator, user).plus(interval.get()))).collect(Collectors.toSet());
        return due.stream().sorted(Comparator.comparing(user -> status.lastAnswered(authenticator, user))).toList();
    }

    /** Closes what is open with sessions whose user was not confirmed in time. They may be used again when that happens. */
    public void suspendUnconfirmedSessions() {
        sessions.listSessions().stream().filter(session -> !status.refreshSession(session) && session.isWatched()).forEach(sessions::suspendSession);
    }
}
