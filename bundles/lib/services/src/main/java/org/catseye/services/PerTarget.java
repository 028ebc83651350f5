package org.catseye.services;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One object per target: made when there is a first reason to keep it, released when the last reason is withdrawn. A reason is any
 * object with equals, such as a service id; it keeps the object of one target at a time. Thread-safe.
 */
public final class PerTarget<H> {

    /** An object with the reasons to keep it. */
    private record Kept<H>(H object, Set<Object> reasons) {
    }

    private final Function<String, H> creator;
    private final Predicate<H> busy;
    private final Consumer<H> releaser;
    /** Guards this map, the reasons in it and {@link #closed}. */
    private final Map<String, Kept<H>> kept = new TreeMap<>();
    private boolean closed;

    /**
     * @param creator makes the object of a target; called under a lock, so it must neither block nor call other code
     * @param releaser releases an object that is no longer kept; called once for each, without a lock
     */
    public PerTarget(Function<String, H> creator, Consumer<H> releaser) {
        this(creator, object -> false, releaser);
    }

    /** @param busy whether an object without a reason has to stay for now; called under a lock. {@link #releaseUnused()} asks again */
    public PerTarget(Function<String, H> creator, Predicate<H> busy, Consumer<H> releaser) {
        this.creator = creator;
        this.busy = busy;
        this.releaser = releaser;
    }

    /**
     * Keeps the object of a target for a reason, and makes it if there is none. If the reason kept the object of another target, it no
     * longer does.
     *
     * @return the object; empty after {@link #close()}
     */
    public Optional<H> keep(String target, Object reason) {
        H object;
        List<H> unused;
        synchronized (kept) {
            if (closed) {
                return Optional.empty();
            }
            kept.values().forEach(other -> other.reasons.remove(reason));
            Kept<H> own = kept.computeIfAbsent(target, id -> new Kept<>(creator.apply(id), new HashSet<>()));
            own.reasons.add(reason);
            object = own.object;
            unused = takeUnused();
        }
        unused.forEach(releaser);
        return Optional.of(object);
    }

    /** Withdraws a reason. Without effect if it keeps nothing. */
    public void withdraw(Object reason) {
        synchronized (kept) {
            kept.values().forEach(other -> other.reasons.remove(reason));
        }
        releaseUnused();
    }

    /** Releases what no reason keeps and what is not busy any more. */
    public void releaseUnused() {
        List<H> unused;
        synchronized (kept) {
            unused = takeUnused();
        }
        unused.forEach(releaser);
    }

    /** Whether a reason keeps the object of this target. */
    public boolean isKept(String target, Object reason) {
        synchronized (kept) {
            return kept.containsKey(target) && kept.get(target).reasons.contains(reason);
        }
    }

    public Optional<H> find(String target) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(target)).map(Kept::object);
        }
    }

    /** All objects, in the order of their targets' ids; a copy. */
    public List<H> listAll() {
        synchronized (kept) {
            return kept.values().stream().map(Kept::object).toList();
        }
    }

    /** Releases everything, whatever the reasons; from now on nothing is kept. */
    public void close() {
        List<H> all;
        synchronized (kept) {
            closed = true;
            all = listAll();
            kept.clear();
        }
        all.forEach(releaser);
    }

    /** Under the lock. */
    private List<H> takeUnused() {
        List<H> unused = new ArrayList<>();
        for (Iterator<Kept<H>> each = kept.values().iterator(); each.hasNext();) {
            Kept<H> next = each.next();
            if (next.reasons.isEmpty() && !busy.test(next.object)) {
                each.remove();
                unused.add(next.object);
            }
        }
        return unused;
    }
}
