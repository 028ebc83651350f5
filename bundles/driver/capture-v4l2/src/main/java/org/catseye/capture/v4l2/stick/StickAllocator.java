package org.catseye.capture.v4l2.stick;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Assigns sticks to capture devices, the owners. A picture must never move to another target without a change by the user. Therefore
 * a stick stays with its owner until it is unplugged, or until the owner is changed or removed, even while the hub retries.
 *
 * <p>Owners that select a stick come first. An owner that accepts any stick gets one of the others: its previous stick, else one in
 * the same port, else one of the same kind, else any that no other owner waits for. Thread-safe; no method blocks for long.
 */
@Component(service = StickAllocator.class)
public final class StickAllocator {

    /** What one owner selected, was assigned and has opened. Guarded by the allocator. */
    private static final class Assignment {
        private final StickSelector selector;
        private final Runnable onLoss;
        private Stick last;
        private boolean holds;
        // An open stick is still listed here after it was assigned to another owner, until it is closed: a stick can be opened once.
        private Optional<Stick> open = Optional.empty();

        Assignment(StickSelector selector, Runnable onLoss) {
            this.selector = selector;
            this.onLoss = onLoss;
        }

        boolean isTakenBy(StickSelector other) {
            return holds && !other.selectsAny() && selector.selectsAny() && other.matchesStick(last);
        }

        boolean hasOrWaitsForPort(String port, boolean held) {
            return holds == held && last != null && last.port().equals(port);
        }
    }

    private final StickDiscovery discovery;
    // Guarded by this.
    private final Map<Object, Assignment> assignments = new LinkedHashMap<>();

    @Activate
    public StickAllocator() {
        this(new StickDiscovery());
    }

    public StickAllocator(StickDiscovery discovery) {
        this.discovery = discovery;
    }

    /**
     * Adds an owner, or changes its selector. An owner that accepts any stick loses the one that {@code selector} selects.
     *
     * @param onLoss runs when this owner loses its stick to another one; it must not block
     */
    public void registerOwner(Object owner, StickSelector selector, Runnable onLoss) {
        List<Runnable> lossActions = new ArrayList<>();
        synchronized (this) {
            Assignment assignment = new Assignment(selector, onLoss);
            keepPreviousStick(assignments.get(owner), assignment);
            assignments.put(owner, assignment);
            for (Assignment other : assignments.values()) {
                if (other != assignment && other.isTakenBy(selector)) {
                    other.holds = false;
                    other.last = null;
                    lossActions.add(other.onLoss);
                }
            }
        }
        lossActions.forEach(Runnable::run);
    }

    private static void keepPreviousStick(Assignment before, Assignment after) {
        if (before == null) {
            return;
        }
        after.open = before.open;
        if (before.last != null && after.selector.matchesStick(before.last)) {
            after.last = before.last;
            after.holds = before.holds;
        }
    }

    /** Removes an owner and frees its stick. */
    public synchronized void removeOwner(Object owner) {
        assignments.remove(owner);
    }

    /** The owner's stick if it is connected, or else one that is assigned to it now; empty if there is none for it. */
    public synchronized Optional<Stick> claimStick(Object owner) {
        Assignment assignment = assignments.get(owner);
        if (assignment == null) {
            return Optional.empty();
        }
        List<Stick> connected = discovery.findSticks();
        for (Assignment other : assignments.values()) {
            other.holds &= connected.stream().anyMatch(other.last == null ? stick -> false : other.last::isSameDevice);
        }
        Optional<Stick> chosen = connected.stream().filter(stick -> isAvailable(stick, assignment))
            .min(Comparator.comparingInt(stick -> preferenceRank(stick, assignment)));
        assignment.holds = chosen.isPresent();
        chosen.ifPresent(stick -> assignment.last = stick);
        return chosen;
    }

    /** The stick that this owner uses now; empty if it has none. */
    public synchronized Optional<Stick> findHeldStick(Object owner) {
        Assignment assignment = assignments.get(owner);
        return assignment == null || !assignment.holds ? Optional.empty() : Optional.of(assignment.last);
    }

    /** The text for a configuration that selects exactly this stick: its port, or its node if another stick is at the same port. */
    public synchronized String describeSelection(Stick stick) {
        boolean unique = discovery.findSticks().stream().noneMatch(other -> !other.equals(stick) && other.port().equals(stick.port()));
        return unique && !stick.port().contains(" ") ? stick.port() : stick.node();
    }

    /** Whether {@code stick} still belongs to this owner: it was neither unplugged nor assigned to another owner. */
    public synchronized boolean holdsStick(Object owner, Stick stick) {
        Assignment assignment = assignments.get(owner);
        return assignment != null && assignment.holds && stick.equals(assignment.last);
    }

    /** Records that this owner opens a stick that it claimed. */
    public synchronized void markOpened(Object owner, Stick stick) {
        Assignment assignment = assignments.get(owner);
        if (assignment != null) {
            assignment.open = Optional.of(stick);
        }
    }

    /** Records that this owner closed its stick. */
    public synchronized void markClosed(Object owner) {
        Assignment assignment = assignments.get(owner);
        if (assignment != null) {
            assignment.open = Optional.empty();
        }
    }

    private boolean isAvailable(Stick stick, Assignment assignment) {
        return assignment.selector.matchesStick(stick)
            && assignments.values().stream().noneMatch(other -> other != assignment && isReserved(stick, assignment, other));
    }

    /** Whether {@code other} keeps {@code assignment} from getting this stick. */
    private static boolean isReserved(Stick stick, Assignment assignment, Assignment other) {
        boolean inUse = other.hasOrWaitsForPort(stick.port(), true) || other.open.filter(stick::equals).isPresent();
        boolean selected = assignment.selector.selectsAny() && !other.selector.selectsAny() && other.selector.matchesStick(stick);
        boolean isOwnReturning = assignment.last != null && assignment.last.isSameDevice(stick);
        boolean awaited = other.hasOrWaitsForPort(stick.port(), false) && !isOwnReturning && !assignment.selector.selectsOnePlace();
        return inUse || selected || awaited;
    }

    /** The lowest rank is assigned first. */
    private static int preferenceRank(Stick stick, Assignment assignment) {
        Stick last = assignment.last;
        if (last == null) {
            return stick.chip().isMs21xx() ? 3 : 4;
        }
        if (last.isSameDevice(stick)) {
            return 0;
        }
        return last.port().equals(stick.port()) ? 1 : last.usbIds().equals(stick.usbIds()) ? 2 : 3;
    }
}
