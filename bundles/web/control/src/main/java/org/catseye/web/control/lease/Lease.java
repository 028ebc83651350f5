package org.catseye.web.control.lease;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.catseye.web.control.lease.LeaseOutcome.Result;

/**
 * Records which user controls a target. A free lease goes to the first user who acts; all tabs of a user share it. It is free again when
 * the user has not acted for a while, and some seconds after the user's last tab disconnected, so that a reload keeps it.
 *
 * <p>Other users request it. A request without an answer is denied after {@value #ANSWER_TIMEOUT_SECONDS} s. There is one request at a
 * time; if other users wanted to request control meanwhile, a user whose request was denied waits {@value #RETRY_DELAY_SECONDS} s, so
 * that the others get a turn. In shared mode all users act and no user holds the lease.
 *
 * <p>It doesn't check permissions; its callers do. Times are of {@link System#nanoTime}. Thread-safe.
 */
public final class Lease {

    public static final int ANSWER_TIMEOUT_SECONDS = 30;

    /** From the end of a denied request to the user's next one, if other users wanted to request control meanwhile. */
    public static final int RETRY_DELAY_SECONDS = 60;

    private static final long ANSWER_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(ANSWER_TIMEOUT_SECONDS);
    private static final long RETRY_DELAY_NANOS = TimeUnit.SECONDS.toNanos(RETRY_DELAY_SECONDS);

    private final LeaseRules rules;
    /** Written under this lock; read without it for each key. Empty if the lease is free. */
    private volatile String holder = "";
    private volatile Optional<LeaseRequest> pending = Optional.empty();
    /** Whether another user wanted to request control during the pending request. Guarded by this. */
    private boolean othersWaited;
    /** Until when a user can't request control again. Guarded by this; has only users of the last minute. */
    private final Map<String, Long> retryAfter = new HashMap<>();
    /** When the holder acted last. Written for each key, so not under this lock. */
    private volatile long lastActionNanos;
    /** When the holder's last tab disconnected; empty while there is one, and after a logout. Guarded by this. */
    private Optional<Long> disconnectedNanos = Optional.empty();

    public Lease(LeaseRules rules) {
        this.rules = rules;
    }

    public boolean isShared() {
        return rules.shared();
    }

    /** The user in control; empty if the lease is free. */
    public String holder() {
        return holder;
    }

    public Optional<LeaseRequest> pendingRequest() {
        return pending;
    }

    /** Whether this user can act now. Changes nothing. */
    public boolean mayAct(String user) {
        return isShared() || holder.equals(user);
    }

    /** Records an action of a user who {@link #mayAct}. */
    public void recordAction(long nowNanos) {
        lastActionNanos = nowNanos;
    }

    /** Gives the lease to this user if it is free. */
    public synchronized LeaseOutcome acquireIfFree(String user, long nowNanos) {
        return !isShared() && holder.isEmpty() ? changeHolder(user, nowNanos, "") : LeaseOutcome.UNCHANGED;
    }

    private LeaseOutcome changeHolder(String user, long nowNanos, String reason) {
        if (holder.equals(user)) {
            pending = Optional.empty();
            return LeaseOutcome.UNCHANGED;
        }
        String formerHolder = holder;
        holder = user;
        lastActionNanos = nowNanos;
        disconnectedNanos = Optional.empty();
        pending = Optional.empty();
        return LeaseOutcome.holderChanged(user, formerHolder, reason);
    }

    /** Requests control from the holder. TOO_SOON if a request of this user was denied a short while ago. */
    public synchronized LeaseOutcome requestControl(String user, long nowNanos) {
        if (mayAct(user)) {
            return LeaseOutcome.UNCHANGED;
        }
        if (holder.isEmpty()) {
            return acquireIfFree(user, nowNanos);
        }
        if (pending.isPresent()) {
            if (pending.get().user().equals(user)) {
                return LeaseOutcome.UNCHANGED;
            }
            othersWaited = true;
            return LeaseOutcome.forUser(Result.BUSY, user);
        }
        retryAfter.values().removeIf(until -> nowNanos - until >= 0);
        if (retryAfter.containsKey(user)) {
            return LeaseOutcome.tooSoon(user, toSecondsRoundedUp(retryAfter.get(user) - nowNanos));
        }
        pending = Optional.of(new LeaseRequest(user, nowNanos + ANSWER_TIMEOUT_NANOS));
        othersWaited = false;
        return LeaseOutcome.forUser(Result.REQUESTED, user);
    }

    private static long toSecondsRoundedUp(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
    }

    /** The holder answers the pending request. Without effect from other users, or without a request. */
    public synchronized LeaseOutcome answerRequest(String user, boolean granted, long nowNanos) {
        if (!holder.equals(user) || pending.isEmpty()) {
            return LeaseOutcome.UNCHANGED;
        }
        String requester = pending.get().user();
        if (granted) {
            return changeHolder(requester, nowNanos, "granted it");
        }
        denyPending(nowNanos);
        return LeaseOutcome.forUser(Result.DENIED, requester);
    }

    private void denyPending(long nowNanos) {
        if (othersWaited) {
            pending.ifPresent(request -> retryAfter.put(request.user(), nowNanos + RETRY_DELAY_NANOS));
        }
        pending = Optional.empty();
    }

    /** Takes the lease from its holder. */
    public synchronized LeaseOutcome takeControl(String user, long nowNanos) {
        return isShared() ? LeaseOutcome.UNCHANGED : changeHolder(user, nowNanos, "taken by " + user);
    }

    /** The holder gives the lease up; it goes to the user who requests it, if there is one. */
    public synchronized LeaseOutcome releaseControl(String user, long nowNanos) {
        return !holder.isEmpty() && holder.equals(user) ? passToRequester(nowNanos, "gave it up") : LeaseOutcome.UNCHANGED;
    }

    private LeaseOutcome passToRequester(long nowNanos, String reason) {
        return changeHolder(pending.map(LeaseRequest::user).orElse(""), nowNanos, reason);
    }

    /** The user's last tab disconnected without a logout, so the user may come back. */
    public synchronized void recordDisconnect(String user, long nowNanos) {
        if (!holder.isEmpty() && holder.equals(user)) {
            disconnectedNanos = Optional.of(nowNanos);
        }
    }

    /**
     * Applies the rules that depend on time and on who is connected.
     *
     * @param presentUsers the users who are connected and may control the target
     */
    public synchronized LeaseOutcome settleLease(Set<String> presentUsers, long nowNanos) {
        Optional<LeaseRequest> open = pending.filter(request -> presentUsers.contains(request.user()));
        if (pending.isPresent() && open.isEmpty()) {
            // A user who disconnects counts as denied too: otherwise a user could leave just before the denial and request control anew.
            denyPending(nowNanos);
            return settleHolder(presentUsers, nowNanos, LeaseOutcome.forUser(Result.DENIED, ""));
        }
        if (open.isPresent() && nowNanos - open.get().deadlineNanos() >= 0) {
            denyPending(nowNanos);
            return settleHolder(presentUsers, nowNanos, LeaseOutcome.forUser(Result.UNANSWERED, open.get().user()));
        }
        return settleHolder(presentUsers, nowNanos, LeaseOutcome.UNCHANGED);
    }

    private LeaseOutcome settleHolder(Set<String> presentUsers, long nowNanos, LeaseOutcome otherwise) {
        if (holder.isEmpty()) {
            return otherwise;
        }
        if (!presentUsers.contains(holder)) {
            boolean inGrace = disconnectedNanos.isPresent() && nowNanos - disconnectedNanos.get() < rules.grace().toNanos();
            return inGrace ? otherwise : passToRequester(nowNanos, "left");
        }
        disconnectedNanos = Optional.empty();
        boolean idle = !rules.idle().isZero() && nowNanos - lastActionNanos >= rules.idle().toNanos();
        return idle ? passToRequester(nowNanos, "idle") : otherwise;
    }
}
