package org.catseye.core.video.capture;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** A clock, and work that is done later. */
public interface DelayTimer {

    /** A clock in nanoseconds, as {@link System#nanoTime()}. */
    long currentNanos();

    /** Runs short work once after that time, on a thread of its own. */
    void runLater(Runnable work, long nanos);

    /** On an executor; once that is shut down, work is dropped. */
    static DelayTimer onExecutor(ScheduledExecutorService executor) {
        return new DelayTimer() {
            @Override
            public long currentNanos() {
                return System.nanoTime();
            }

            @Override
            public void runLater(Runnable work, long nanos) {
                try {
                    executor.schedule(work, nanos, TimeUnit.NANOSECONDS);
                } catch (RejectedExecutionException e) {
                    LoggerFactory.getLogger(DelayTimer.class).debug("The hubs are stopping: work is dropped", e);
                }
            }
        };
    }
}
