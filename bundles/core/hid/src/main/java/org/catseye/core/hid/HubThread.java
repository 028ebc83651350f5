package org.catseye.core.hid;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hub's one thread and its clock: for priming, for retries, for telling listeners. Keystrokes go on their caller's thread. */
interface HubThread {

    /** Runs it soon, in order; after {@link #close} not at all. */
    void run(Runnable work);

    /** Runs it once the time has passed; after {@link #close} not at all. */
    void runLater(Runnable work, long millis);

    /** Ends the thread; waits for what it does just now, {@code millis} at most. @return whether it ended */
    boolean close(long millis);

    /** A clock in nanoseconds, as {@link System#nanoTime()}. */
    long nanos();

    /** A daemon thread of the name {@code hid-<target>} that exists while there is something to do, and some seconds longer. */
    static HubThread named(String target) {
        return new Pooled(target);
    }

    /** The real one. */
    final class Pooled implements HubThread {
        private static final Logger LOG = LoggerFactory.getLogger(HubThread.class);
        private static final long IDLE_SECONDS = 5;

        private final String target;
        private final ScheduledThreadPoolExecutor pool;
        /** The pool's newest; it makes another when the last one ended for want of work. Null before the first. */
        private volatile Thread newest;

        private Pooled(String target) {
            this.target = target;
            pool = new ScheduledThreadPoolExecutor(1, work -> {
                newest = new Thread(work, "hid-" + target);
                newest.setDaemon(true);
                return newest;
            });
            pool.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
            pool.allowCoreThreadTimeOut(true);
            pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        }

        @Override
        public void run(Runnable work) {
            runLater(work, 0);
        }

        @Override
        public void runLater(Runnable work, long millis) {
            try {
                pool.schedule(() -> guarded(work), millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("Target {}: the hub has stopped, so this is left out.", target);
            }
        }

        @Override
        public boolean close(long millis) {
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
        public long nanos() {
            return System.nanoTime();
        }

        private void guarded(Runnable work) {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("Target {}: the keyboard hub stumbled; it goes on.", target, e);
            }
        }
    }
}
