package org.catseye.core.hid.device;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hub's one thread and its clock: for priming, retries and notifications. Keystrokes are written on their caller's thread. */
public interface HubThread {

    /** Runs work soon, in order; after {@link #stop} not at all. */
    void runSoon(Runnable work);

    /** Runs work once the time has passed; after {@link #stop} not at all. */
    void runLater(Runnable work, long millis);

    /** Ends the thread; waits for current work, {@code millis} at most. @return whether it ended */
    boolean stop(long millis);

    /** A clock in nanoseconds, as {@link System#nanoTime()}. */
    long currentNanos();

    /** A daemon thread of the name {@code hid-<target>} that exists while there is work, and some seconds longer. */
    static HubThread forTarget(String target) {
        return new PooledThread(target);
    }

    /** On a pool of one thread. */
    final class PooledThread implements HubThread {
        private static final Logger LOG = LoggerFactory.getLogger(HubThread.class);
        private static final long IDLE_SECONDS = 5;

        private final String target;
        private final ScheduledThreadPoolExecutor pool;
        /** The pool's newest thread; the pool makes another after the last one ended without work. Null before the first. */
        private volatile Thread newest;

        private PooledThread(String target) {
            this.target = target;
            pool = new ScheduledThreadPoolExecutor(1, work -> {
                newest = NamedThreads.newDaemonThread(work, "hid-" + target);
                return newest;
            });
            pool.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
            pool.allowCoreThreadTimeOut(true);
            pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        }

        @Override
        public void runSoon(Runnable work) {
            runLater(work, 0);
        }

        @Override
        public void runLater(Runnable work, long millis) {
            try {
                pool.schedule(() -> runGuarded(work), millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("Target {}: the hub has stopped, so this work is dropped.", target);
            }
        }

        @Override
        public boolean stop(long millis) {
            pool.shutdownNow();
            try {
                boolean ended = pool.awaitTermination(millis, TimeUnit.MILLISECONDS);
                // The pool counts itself as ended a moment before its thread does.
                if (ended && newest != null) {
                    newest.join(millis);
                }
                return ended;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public long currentNanos() {
            return System.nanoTime();
        }

        private void runGuarded(Runnable work) {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("Target {}: the keyboard hub failed in an unexpected way; it goes on.", target, e);
            }
        }
    }
}
