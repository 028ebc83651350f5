package org.catseye.core.access.session;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.Session;
import org.catseye.access.spi.Identity;
import org.catseye.core.access.proof.IdentityProof;
import org.catseye.core.access.proof.ProofClock;

/**
 * A session in memory. While an action waits for its end, as that of an open socket does, it counts as used. A permission check reads one volatile
 * snapshot; whatever changes the rights replaces it. A session has no rights until they were computed for the first time. Thread-safe.
 */
public final class LiveSession implements Session {

    private final SessionRecord record;
    private final Supplier<SessionLimits> limits;
    private final ProofClock clock;
    private final InstantSource time;
    private final AtomicInteger failedProofs = new AtomicInteger();

    private volatile IdentityProof proof;
    private volatile SessionRights rights = SessionRights.NONE;

    private final Object lock = new Object();
    /** Guarded by the lock, with all fields below. */
    private final EndActions actions = new EndActions();
    /** Computed for its user, without regard to the end of the session. */
    private SessionRights userRights = SessionRights.NONE;
    private Instant used;
    private boolean ended;
    /** Remains set, whatever the clock or a late watcher does. */
    private boolean expired;

    LiveSession(SessionRecord record, Supplier<SessionLimits> limits, ProofClock clock) {
        this.record = record;
        this.limits = record.token().map(token -> token.limitsFrom(record.created())).<Supplier<SessionLimits>>map(own -> () -> own).orElse(limits);
        this.clock = clock;
        this.time = clock.time();
        this.used = record.used();
        this.proof = IdentityProof.fromRecord(record.proved(), clock);
    }

    @Override
    public String user() {
        return record.user();
    }

    @Override
    public String address() {
        return record.address();
    }

    @Override
    public Instant expires() {
        synchronized (lock) {
            return idleEnd();
        }
    }

    private Instant idleEnd() {
        Instant idle = used.plus(limits.get().idle());
        return idle.isBefore(absoluteEnd()) ? idle : absoluteEnd();
    }

    private Instant absoluteEnd() {
        return record.created().plus(limits.get().absolute());
    }

    private Instant currentEnd() {
        return actions.isEmpty() ? idleEnd() : absoluteEnd();
    }

    @Override
    public boolean valid() {
        synchronized (lock) {
            if (!expired && !time.instant().isBefore(currentEnd())) {
                expired = true;
                publishRights();
            }
            return !ended && !expired;
        }
    }

    /** Whether the session is valid and its user has this permission. One volatile read, no lock, no allocation: called for each key press. */
    public boolean hasPermission(Permission permission, String targetId) {
        SessionRights current = rights;
        return current.hasPermission(permission, targetId, time.millis());
    }

    /**
     * Computes the rights anew and replaces the snapshot.
     *
     * @param source called while the session is locked, so that the newest result is the one that remains; must not block. Empty if the user may not
     *        use this session
     * @return whether the user may use this session
     */
    public boolean refreshRights(Supplier<Optional<SessionRights>> source) {
        synchronized (lock) {
            Optional<SessionRights> computed = source.get();
            userRights = computed.orElse(SessionRights.NONE);
            publishRights();
            return computed.isPresent();
        }
    }

    /** To be called after each change of what the snapshot is made of. */
    private void publishRights() {
        rights = ended || expired ? SessionRights.NONE : userRights.until(currentEnd());
    }

    @Override
    public Registration onEnd(Runnable action) {
        EndActions.Entry entry = new EndActions.Entry(Objects.requireNonNull(action, "action"));
        boolean late;
        synchronized (lock) {
            late = !valid();
            if (!late) {
                actions.addEntry(entry);
                publishRights();
            }
        }
        if (late) {
            entry.runAction();
        }
        return () -> removeAction(entry);
    }

    private void removeAction(EndActions.Entry entry) {
        synchronized (lock) {
            if (actions.removeEntry(entry)) {
                markUsed();
            }
        }
    }

    /** Whether an action waits for its end. */
    public boolean isWatched() {
        synchronized (lock) {
            return !actions.isEmpty();
        }
    }

    /** A request came with the token. */
    void markUsed() {
        synchronized (lock) {
            used = time.instant();
            publishRights();
        }
    }

    void markUsedIfWatched() {
        synchronized (lock) {
            if (!actions.isEmpty()) {
                markUsed();
            }
        }
    }

    /** Ends it for good; the actions run on this thread. */
    void endForGood() {
        List<EndActions.Entry> waiting;
        synchronized (lock) {
            ended = true;
            publishRights();
            waiting = actions.takeAll();
        }
        waiting.forEach(EndActions.Entry::runAction);
    }

    /** Whether its user recently proved their identity. An API token has no user who could. */
    public boolean hasRecentProof() {
        return isApiToken() || proof.isRecent();
    }

    void recordProof() {
        failedProofs.set(0);
        proof = IdentityProof.createNow(clock);
    }

    /** @return the number of wrong passwords and codes since the last right one, this one included */
    public int countFailedProof() {
        return failedProofs.incrementAndGet();
    }

    /** The current state for the file. */
    public SessionRecord toRecord() {
        return new SessionRecord(record.hash(), record.user(), record.stamp(), record.created(), lastUsed(), record.address(), record.token(),
                record.authenticator(), proof.toRecord());
    }

    Instant lastUsed() {
        synchronized (lock) {
            return used;
        }
    }

    String hash() {
        return record.hash();
    }

    /** The name of the session where it may be visible; grants no access. */
    public String id() {
        return record.id();
    }

    /** The short name of the authenticator that confirmed its user. */
    public String authenticator() {
        return record.authenticator();
    }

    @Override
    public boolean isApiToken() {
        return record.token().isPresent();
    }

    /** Limits the rights of the user; everything for a login. */
    public Rights rightsCap() {
        return record.token().map(ApiToken::rights).orElse(Rights.ALL);
    }

    public boolean isOfUser(String authenticator, String user) {
        return record.authenticator().equals(authenticator) && record.user().equals(user);
    }

    /** Whether this is its user, with the same password and, for a login, the same rights as when it was opened. */
    public boolean belongsTo(Identity user) {
        return user.user().equals(record.user()) && record.stamp().equals(isApiToken() ? user.tokenStamp() : user.stamp());
    }

    @Override
    public String toString() {
        return "Session[" + user() + "]";
    }
}
