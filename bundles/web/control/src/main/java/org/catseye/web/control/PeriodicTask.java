package org.catseye.web.control;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a task regularly while it is active: on one thread, {@code control-ticker}, which exists only then. Thread-safe. */
final class PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);
    private static final long JOIN_TIMEOUT_MILLIS = 1_000;

    private final Runnable task;
    private final long periodMillis;
    /** Guarded by this, as are the fields below. The last thread is kept, so that {@link #stop} can wait for its end. */
    private ScheduledThreadPoolExecutor pool;
    private Thread thread;
    private boolean active;
    private boolean stopped;

    PeriodicTask(Runnable task, long periodMillis) {
        this.task = task;
        this.periodMillis = periodMillis;
    }

    /** Starts or stops the calls. Without effect after {@link #stop}. */
    synchronized void setActive(boolean wanted) {
        if (wanted && !active && !stopped) {
            active = true;
            pool = new ScheduledThreadPoolExecutor(1, work -> {
                thread = NamedThreads.newDaemonThread(work, "control-ticker");
                return thread;
            });
            pool.scheduleWithFixedDelay(this::runGuarded, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
        } else if (!wanted && active) {
            active = false;
            pool.shutdownNow();
        }
    }

    /** Stops for good; waits for the current call, for a bounded time. */
    void stop() {
        Thread last;
        synchronized (this) {
            stopped = true;
            setActive(false);
            last = thread;
        }
        if (last == null) {
            return;
        }
        try {
            last.join(JOIN_TIMEOUT_MILLIS);
            if (last.isAlive()) {
                LOG.warn("The thread {} did not end within {} ms; it is abandoned.", last.getName(), JOIN_TIMEOUT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runGuarded() {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Updating the viewers' states failed; the next update is due in {} ms.", periodMillis, e);
        }
    }
}
