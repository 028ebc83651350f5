package org.catseye.core.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.catseye.access.spi.Answer;
import org.catseye.core.access.Authenticators.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks authenticators that do not keep their users here whether those who are logged in may go on, each about once a minute. */
final class Rechecks {

    private static final Logger LOG = LoggerFactory.getLogger(Rechecks.class);

    private final Authenticators authenticators;
    private final Standing standing;
    private final Sessions sessions;
    private final InstantSource time;
    private final Duration every;

    Rechecks(Authenticators authenticators, Standing standing, Sessions sessions, InstantSource time, Duration every) {
        this.authenticators = authenticators;
        this.standing = standing;
        this.sessions = sessions;
        this.time = time;
        this.every = every;
    }

    /** One round. Blocks while they answer; one that cannot is left alone until the next round. */
    void round() {
        for (Source source : authenticators.all()) {
            if (!source.onDevice()) {
                round(source);
            }
        }
        restWhoDoesNotStand();
    }

    private void round(Source source) {
        Set<String> due = sessions.all().stream().filter(session -> session.authenticator().equals(source.name())).map(LiveSession::user)
                .filter(user -> !time.instant().isBefore(standing.heard(source.name(), user).plus(every))).collect(Collectors.toSet());
        // Who was heard of longest ago first: a slow directory does not always leave the same ones out.
        for (String user : due.stream().sorted(Comparator.comparing(user -> standing.heard(source.name(), user))).toList()) {
            Answer answer = authenticators.check(source, user);
            if (answer instanceof Answer.Known known) {
                standing.learn(source.name(), known.identity());
                sessions.endStale(source.name(), known.identity());
            } else if (answer instanceof Answer.Unavailable) {
                return;
            } else {
                LOG.info("{} is no user of {} any more and is logged out", user, source.name());
                standing.forget(source.name(), user);
                sessions.endAllOf(source.name(), user);
            }
        }
    }

    /** What nobody has vouched for in time closes; it may be opened again when somebody does. */
    void restWhoDoesNotStand() {
        sessions.all().stream().filter(session -> session.watched() && !standing.stands(session)).forEach(sessions::rest);
    }
}
