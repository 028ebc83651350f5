package org.catseye.core.hid;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.catseye.core.hid.device.HubThread;

/** A hub's thread that does nothing until the test says so, with a clock that the test turns. */
final class ManualThread implements HubThread {

    private record Later(long at, long order, Runnable work) {
    }

    private final Queue<Runnable> soon = new ArrayDeque<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::at).thenComparingLong(Later::order));
    private long now = 1;
    private long order;
    private boolean closed;

    @Override
    public synchronized void runSoon(Runnable work) {
        if (!closed) {
            soon.add(work);
        }
    }

    @Override
    public synchronized void runLater(Runnable work, long millis) {
        if (!closed) {
            later.add(new Later(now + TimeUnit.MILLISECONDS.toNanos(millis), order++, work));
        }
    }

    @Override
    public synchronized boolean stop(long millis) {
        closed = true;
        soon.clear();
        later.clear();
        return true;
    }

    @Override
    public synchronized long currentNanos() {
        return now;
    }

    /** Does all that is due, on the caller's thread. */
    void work() {
        for (Runnable work = due(); work != null; work = due()) {
            work.run();
        }
    }

    /** Time passes, and what comes due is done. */
    void pass(long millis) {
        synchronized (this) {
            now += TimeUnit.MILLISECONDS.toNanos(millis);
        }
        work();
    }

    /** How many works wait for their time. */
    synchronized int waiting() {
        return later.size();
    }

    private synchronized Runnable due() {
        Runnable first = soon.poll();
        return first != null ? first : later.isEmpty() || later.peek().at() > now ? null : later.poll().work();
    }
}
