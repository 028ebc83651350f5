package org.catseye.core.video.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A clock that the test moves; work is done when its time has come, on the test's thread. */
final class ManualTimer implements DelayTimer {

    private record Task(long due, Runnable work) {
    }

    private final List<Task> tasks = new ArrayList<>();
    private long now = 1;

    @Override
    public synchronized long currentNanos() {
        return now;
    }

    @Override
    public synchronized void runLater(Runnable work, long nanos) {
        tasks.add(new Task(now + nanos, work));
    }

    void passMillis(long millis) {
        synchronized (this) {
            now += TimeUnit.MILLISECONDS.toNanos(millis);
        }
        for (Runnable work = takeDue(); work != null; work = takeDue()) {
            work.run();
        }
    }

    synchronized int countTasks() {
        return tasks.size();
    }

    private synchronized Runnable takeDue() {
        Task first = tasks.stream().filter(task -> task.due() <= now).findFirst().orElse(null);
        tasks.remove(first);
        return first == null ? null : first.work();
    }
}
