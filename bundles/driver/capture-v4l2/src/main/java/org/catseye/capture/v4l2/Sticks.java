package org.catseye.capture.v4l2;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Who has which stick. A picture must never move to another target by itself, so a stick stays with its instance until it is
 * unplugged or the instance is changed or removed, also while the hub tries again. Instances that name a stick come first; one
 * that takes any is served by what is left: the stick it had, else one in the same port, else one of the same kind, else any
 * that nobody else is waiting for. Thread-safe.
 */
@Component(service = Sticks.class)
public final class Sticks {

    private static final class Holder {
        private final Choice choice;
        private final Runnable onLoss;
        private Stick last;
        private boolean holds;
        // What it has opened. Stays when the stick is promised to another, until it is closed: two cannot open one stick.
        private Optional<Stick> open = Optional.empty();

        Holder(Choice choice, Runnable onLoss) {
            this.choice = choice;
            this.onLoss = onLoss;
        }
    }

    private final Discovery discovery;
    // Guarded by this.
    private final Map<Object, Holder> holders = new LinkedHashMap<>();

    @Activate
    public Sticks() {
        this(new Discovery());
    }

    Sticks(Discovery discovery) {
        this.discovery = discovery;
    }

    /**
     * An instance comes, or wants another stick from now on. Whoever holds a stick that is named by {@code choice} without
     * having named it loses it.
     *
     * @param onLoss run when this instance loses its stick to another; quick and non-blocking
     */
    void join(Object owner, Choice choice, Runnable onLoss) {
        List<Runnable> losers = new ArrayList<>();
        synchronized (this) {
            Holder before = holders.get(owner);
            Holder holder = new Holder(choice, onLoss);
            if (before != null) {
                holder.open = before.open;
            }
            if (before != null && before.last != null && choice.fits(before.last)) {
                holder.last = before.last;
                holder.holds = before.holds;
            }
            holders.put(owner, holder);
            for (Holder other : holders.values()) {
                if (other != holder && other.holds && !choice.any() && other.choice.any() && choice.fits(other.last)) {
                    other.holds = false;
                    other.last = null;
                    losers.add(other.onLoss);
                }
            }
        }
        losers.forEach(Runnable::run);
    }

    /** An instance goes; its stick is free. */
    synchronized void leave(Object owner) {
        holders.remove(owner);
    }

    /** The stick of this instance if it is there, or one that it takes now; empty if there is none for it. */
    synchronized Optional<Stick> claim(Object owner) {
        Holder holder = holders.get(owner);
        if (holder == null) {
            return Optional.empty();
        }
        List<Stick> there = discovery.sticks();
        for (Holder other : holders.values()) {
            other.holds &= there.stream().anyMatch(other.last == null ? s -> false : other.last::sameAs);
        }
        Optional<Stick> chosen = there.stream().filter(s -> free(s, holder)).min(Comparator.comparingInt(s -> rank(s, holder)));
        holder.holds = chosen.isPresent();
        chosen.ifPresent(stick -> holder.last = stick);
        return chosen;
    }

    /** Whether {@code stick} is still this instance's: not unplugged, and not given to another. */
    synchronized boolean holds(Object owner, Stick stick) {
        Holder holder = holders.get(owner);
        return holder != null && holder.holds && stick.equals(holder.last);
    }

    /** This instance opens a stick that it claimed. */
    synchronized void opening(Object owner, Stick stick) {
        Holder holder = holders.get(owner);
        if (holder != null) {
            holder.open = Optional.of(stick);
        }
    }

    /** It has closed it. */
    synchronized void closed(Object owner) {
        Holder holder = holders.get(owner);
        if (holder != null) {
            holder.open = Optional.empty();
        }
    }

    private boolean free(Stick stick, Holder holder) {
        if (!holder.choice.fits(stick)) {
            return false;
        }
        for (Holder other : holders.values()) {
            if (other == holder) {
                continue;
            }
            boolean theirs = other.holds && other.last.port().equals(stick.port())
                || other.open.filter(stick::equals).isPresent();
            boolean named = holder.choice.any() && !other.choice.any() && other.choice.fits(stick);
            boolean awaited = !other.holds && other.last != null && other.last.port().equals(stick.port())
                && !(holder.last != null && holder.last.sameAs(stick)) && !holder.choice.exact();
            if (theirs || named || awaited) {
                return false;
            }
        }
        return true;
    }

    private static int rank(Stick stick, Holder holder) {
        Stick last = holder.last;
        if (last == null) {
            return stick.chip().isMs21xx() ? 3 : 4;
        }
        if (last.sameAs(stick)) {
            return 0;
        }
        return last.port().equals(stick.port()) ? 1 : last.ids().equals(stick.ids()) ? 2 : 3;
    }
}
