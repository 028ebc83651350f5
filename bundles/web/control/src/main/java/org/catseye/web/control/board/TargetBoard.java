package org.catseye.web.control.board;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.catseye.access.Audit;
import org.catseye.concurrent.KeyedTokenBuckets;
import org.catseye.hid.HidListener;
import org.catseye.hid.HidState;
import org.catseye.hid.Leds;
import org.catseye.web.control.lease.Lease;
import org.catseye.web.control.lease.LeaseOutcome;
import org.catseye.web.control.lease.LeaseRules;
import org.catseye.web.control.message.TypingProgress;

/**
 * The shared state of one target: its viewers, its hubs and its lease. While there are viewers, the board keeps one session of the
 * keyboard hub that never holds a key: it reports state and lights, also for viewers who may not control the target. Thread-safe.
 */
public final class TargetBoard implements HidListener {

    /** How often one user, in all tabs, can change who is in control: each change releases keys, reaches all viewers and is audited. */
    public static final int MAX_LEASE_CHANGES_PER_SECOND = 5;

    private static final long LEASE_CHANGE_NANOS = TimeUnit.SECONDS.toNanos(1) / MAX_LEASE_CHANGES_PER_SECOND;
    /** More users than this do not change control within one second. */
    private static final int MAX_LIMITED_USERS = 1_000;

    private final String id;
    private final TargetServices services;
    private final Set<Viewer> viewers = new CopyOnWriteArraySet<>();
    private final Lease lease;
    private final LeaseAudit audit;
    private final KeyedTokenBuckets<String> leaseChanges =
        new KeyedTokenBuckets<>(MAX_LEASE_CHANGES_PER_SECOND, LEASE_CHANGE_NANOS, MAX_LIMITED_USERS);
    /** Guards changes of {@link #stateSession}. Listeners must not need it. */
    private final Object sessionLock = new Object();
    /** The text that is being typed, or was typed last. Guarded by this for changes. */
    private volatile Optional<TypingProgress> typing = Optional.empty();
    private volatile Optional<InputSession> stateSession = Optional.empty();

    public TargetBoard(String id, HubLookup lookup, LeaseRules rules, Audit audit) {
        this.id = id;
        this.services = new TargetServices(id, lookup);
        this.lease = new Lease(rules);
        this.audit = new LeaseAudit(id, audit, viewers);
    }

    /** The target's id. */
    public String id() {
        return id;
    }

    public TargetServices services() {
        return services;
    }

    public Lease lease() {
        return lease;
    }

    public void addViewer(Viewer viewer) {
        viewers.add(viewer);
    }

    /** A user who logged out has left; a user whose connection was lost may come back. */
    public void removeViewer(Viewer viewer, long nowNanos) {
        viewers.remove(viewer);
        if (viewer.isLoggedIn() && viewers.stream().noneMatch(other -> other.user().equals(viewer.user()))) {
            lease.recordDisconnect(viewer.user(), nowNanos);
        }
        audit.keepAddress(viewer, lease.holder());
    }

    public int countOtherUsers(String user) {
        return (int) viewers.stream().map(Viewer::user).filter(other -> !other.equals(user)).distinct().count();
    }

    /** Whether the lease has to be remembered, even without a viewer. */
    public boolean hasHolder() {
        return !lease.holder().isEmpty();
    }

    /** Whether this user may change who is in control now; if so, it counts. */
    public boolean tryLeaseChange(String user, long nowNanos) {
        return leaseChanges.tryAcquire(user, nowNanos);
    }

    /** A viewer left or lost a permission, or a time has passed. */
    public void settleLease(long nowNanos) {
        Set<String> present = viewers.stream().filter(Viewer::mayControl).map(Viewer::user).collect(Collectors.toSet());
        applyOutcome(lease.settleLease(present, nowNanos));
    }

    /** Whether the user holds the lease, or gets it because it is free. Counts as an action of the user. */
    public boolean acquireControl(String user, long nowNanos) {
        if (!lease.mayAct(user)) {
            LeaseOutcome outcome = lease.acquireIfFree(user, nowNanos);
            if (outcome.result() != LeaseOutcome.Result.HOLDER_CHANGED) {
                return false;
            }
            applyOutcome(outcome);
        }
        lease.recordAction(nowNanos);
        return true;
    }

    /** Applies a change of the lease: a user who lost it has all keys released, and all viewers see the change. */
    public void applyOutcome(LeaseOutcome outcome) {
        if (outcome.result() == LeaseOutcome.Result.UNCHANGED) {
            return;
        }
        audit.recordOutcome(outcome);
        viewers.stream().filter(viewer -> !lease.mayAct(viewer.user())).forEach(Viewer::releaseKeys);
        viewers.stream().filter(viewer -> viewer.user().equals(outcome.user())).forEach(viewer -> viewer.reportResult(outcome.result()));
        sendChanges();
    }

    /** Called after each change of viewers or services: all sessions move to the best hub, and all viewers see the change. */
    public void updateSessions() {
        services.recordPresentHubs();
        synchronized (sessionLock) {
            Optional<InputSource> wanted = services.findInput().filter(source -> !viewers.isEmpty());
            if (!stateSession.map(InputSession::source).equals(wanted)) {
                Optional<InputSession> former = stateSession;
                stateSession = Optional.empty();
                former.ifPresent(InputSession::closeSession);
                stateSession = wanted.flatMap(InputSource::openSession);
                stateSession.ifPresent(opened -> opened.session().setListener(this));
            }
        }
        viewers.forEach(Viewer::updateInput);
        sendChanges();
    }

    /** Called regularly, for changes that nothing reports. */
    public void handleTick(long nowNanos) {
        if (stateSession.isEmpty() && !viewers.isEmpty() && services.findInput().isPresent()) {
            updateSessions();
        }
        settleLease(nowNanos);
        viewers.forEach(Viewer::handleTick);
    }

    @Override
    public void onLedsChanged(Leds leds) {
        sendChanges();
    }

    @Override
    public void onStateChanged(HidState state) {
        sendChanges();
    }

    public Leds currentLeds() {
        return stateSession.map(opened -> opened.session().currentLeds()).orElse(Leds.UNKNOWN);
    }

    public HidState currentHidState() {
        return stateSession.map(opened -> opened.session().currentState()).orElseGet(services::describeMissingInput);
    }

    /** Claims the keyboard for a text. @return false if another text is being typed */
    public synchronized boolean beginTyping(TypingProgress first) {
        if (typing.filter(current -> current.state() == TypingProgress.State.TYPING).isPresent()) {
            return false;
        }
        typing = Optional.of(first);
        return true;
    }

    /** Shows the progress to the viewers of its user. Only for the text that {@link #beginTyping} accepted last. */
    public void publishTyping(TypingProgress progress) {
        synchronized (this) {
            typing = Optional.of(progress);
        }
        sendChanges();
    }

    /** The text that is being typed, or was typed last. */
    public Optional<TypingProgress> typing() {
        return typing;
    }

    private void sendChanges() {
        viewers.forEach(Viewer::sendChanges);
    }
}
