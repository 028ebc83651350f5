package org.catseye.core.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.Session;
import org.catseye.access.spi.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session in memory. Somebody who watches (an action waits for the end) counts as using it. */
final class LiveSession implements Session {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);

    private final Record kept;
    private final Limits limits;
    private final ProofClock clock;
    private final InstantSource time;

    private volatile Instant used;
    private volatile Proof proof;
    /** Wrong passwords and codes since the last right one. */
    private final AtomicInteger failedProofs = new AtomicInteger();
    private volatile boolean ended;
    /** Seen to be too old. Stays so, whatever the clock or a late watcher does. */
    private volatile boolean expired;
    /** Guarded by itself. Each action is wrapped, so that the same one may be registered twice. */
    private final Set<Action> actions = new LinkedHashSet<>();

    LiveSession(Record kept, Limits limits, ProofClock clock) {
        this.kept = kept;
        this.limits = kept.token().map(token -> token.limits(kept.created())).orElse(limits);
        this.clock = clock;
        this.time = clock.time();
        this.used = kept.used();
        this.proof = Proof.recorded(kept.proved(), clock);
    }

    @Override
    public String user() {
        return kept.user();
    }

    @Override
    public String address() {
        return kept.address();
    }

    @Override
    public Instant expires() {
        Instant idle = used.plus(limits.idle());
        Instant last = kept.created().plus(limits.absolute());
        return idle.isBefore(last) ? idle : last;
    }

    @Override
    public boolean valid() {
        if (!expired && !time.instant().isBefore(watched() ? kept.created().plus(limits.absolute()) : expires())) {
            expired = true;
        }
        return !ended && !expired;
    }

    @Override
    public Registration onEnd(Runnable action) {
        Action entry = new Action(Objects.requireNonNull(action, "action"));
        boolean late;
        synchronized (actions) {
            late = !valid();
            if (!late) {
                actions.add(entry);
            }
        }
        if (late) {
            entry.run();
        }
        return () -> forget(entry);
    }

    private void forget(Action entry) {
        synchronized (actions) {
            if (actions.remove(entry)) {
                used = time.instant();
            }
        }
    }

    /** Whether somebody waits for its end. */
    boolean watched() {
        synchronized (actions) {
            return !actions.isEmpty();
        }
    }

    /** Somebody came with the token, or is still there. */
    void touch() {
        used = time.instant();
    }

    /** Marks use by those who only watch. */
    void touchIfWatched() {
        if (watched()) {
            touch();
        }
    }

    /** Ends it for good; the actions run on this thread. */
    void end() {
        List<Action> toRun;
        synchronized (actions) {
            ended = true;
            toRun = new ArrayList<>(actions);
            actions.clear();
        }
        toRun.forEach(Action::run);
    }

    /** Whether its user proved recently who they are. An API token has no user at hand who could. */
    boolean recentlyProved() {
        return isToken() || proof.isRecent();
    }

    void proved() {
        failedProofs.set(0);
        proof = Proof.justNow(clock);
    }

    /** @return how many wrong passwords and codes there were since the last right one, this one included */
    int proofFailed() {
        return failedProofs.incrementAndGet();
    }

    /** As it goes to the disk. */
    Record kept() {
        return new Record(kept.hash(), kept.user(), kept.stamp(), kept.created(), used, kept.address(), kept.token(), kept.authenticator(), proof.toRecord());
    }

    /** What it is called where it may be seen; opens nothing. */
    String id() {
        return kept.id();
    }

    /** Who vouches for its user, by its short name. */
    String authenticator() {
        return kept.authenticator();
    }

    /** Whether a program holds it, and not a person. */
    boolean isToken() {
        return kept.token().isPresent();
    }

    boolean isOf(String authenticator, String user) {
        return kept.authenticator().equals(authenticator) && kept.user().equals(user);
    }

    /** What an API token leaves of its user's rights. */
    boolean leaves(Permission permission, String targetId) {
        return kept.token().map(token -> token.rights().permits(permission, targetId)).orElse(true);
    }

    /** Whether its user is still there, and for a login also unchanged. */
    boolean belongsTo(Identity user) {
        return user.user().equals(kept.user()) && kept.stamp().equals(isToken() ? user.tokenStamp() : user.stamp());
    }

    @Override
    public String toString() {
        return "Session[" + user() + "]";
    }

    /** How long a session lives. */
    record Limits(Duration idle, Duration absolute) {
    }

    /**
     * What is kept of a session.
     *
     * @param hash hexadecimal SHA-256 of the token
     * @param stamp the user's at login; of an API token {@link Identity#tokenStamp}
     * @param address where it was opened
     * @param token if it is an API token
     * @param authenticator who vouches for the user
     * @param proved when the user last proved who they are; empty if that was too long ago, and for an API token
     */
    record Record(String hash, String user, String stamp, Instant created, Instant used, String address, Optional<Token> token, String authenticator,
            Optional<Instant> proved) {

        static final int ID_CHARS = 16;

        String id() {
            return hash.substring(0, ID_CHARS);
        }
    }

    /**
     * What makes an API token of a session: a name, an end that does not depend on its use, and a cap on what its user may do.
     */
    record Token(String name, Rights rights, Instant expires) {

        Limits limits(Instant created) {
            Duration life = Duration.between(created, expires);
            return new Limits(life, life);
        }
    }

    private record Action(Runnable body, Object identity) {
        Action(Runnable body) {
            this(body, new Object());
        }

        void run() {
            try {
                body.run();
            } catch (RuntimeException e) {
                LOG.warn("An action at the end of a session failed", e);
            }
        }
    }
}
