package org.catseye.web.socket;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/** Time that passes when the test says so, on the test's thread. */
public final class FakeScheduler extends AbstractLifeCycle implements Scheduler {

    private final PriorityQueue<Planned> planned = new PriorityQueue<>(Comparator.comparingLong(Planned::at));
    private long now;

    private record Planned(long at, Runnable action) implements Task {
        @Override
        public boolean cancel() {
            return false;
        }
    }

    @Override
    public synchronized Task schedule(Runnable action, long delay, TimeUnit unit) {
        Planned task = new Planned(now + unit.toMillis(delay), action);
        planned.add(task);
        return () -> {
            synchronized (this) {
                return planned.remove(task);
            }
        };
    }

    public void advance(long millis) {
        long end;
        synchronized (this) {
            end = now + millis;
        }
        for (Planned next = poll(end); next != null; next = poll(end)) {
            next.action().run();
        }
        synchronized (this) {
            now = end;
        }
    }

    public synchronized int planned() {
        return planned.size();
    }

    private synchronized Planned poll(long end) {
        if (planned.isEmpty() || planned.peek().at() > end) {
            return null;
        }
        Planned next = planned.poll();
        now = next.at();
        return next;
    }
}
