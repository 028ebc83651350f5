package org.catseye.device;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Plug it in and it works: a service that stands in as long as nobody configured one. Its owner tells of each configured one; a
 * better one may come before the other leaves, so they are told apart. Thread-safe; the service is made under the lock and taken
 * back outside it.
 */
public final class StandIn {

    private final Supplier<Runnable> offer;
    /** Guards everything below. */
    private final Object lock = new Object();
    private final Set<Object> configured = new HashSet<>();
    private boolean active;
    private Runnable back;

    /** @param offer registers the service, and gives what takes it back */
    public StandIn(Supplier<Runnable> offer) {
        this.offer = offer;
    }

    /** From now on it stands in where that is needed; not before, so that configured ones that are there already are known. */
    public void start() {
        synchronized (lock) {
            active = true;
        }
        adjust();
    }

    /** A configured one is there. */
    public void add(Object one) {
        synchronized (lock) {
            configured.add(one);
        }
        adjust();
    }

    /** A configured one is gone. */
    public void remove(Object one) {
        synchronized (lock) {
            configured.remove(one);
        }
        adjust();
    }

    /** For good, or until the next {@link #start}. */
    public void end() {
        synchronized (lock) {
            active = false;
        }
        adjust();
    }

    private void adjust() {
        Runnable ended;
        synchronized (lock) {
            boolean wanted = active && configured.isEmpty();
            if (wanted == (back != null)) {
                return;
            }
            ended = back;
            back = wanted ? offer.get() : null;
        }
        if (ended != null) {
            ended.run();
        }
    }
}
