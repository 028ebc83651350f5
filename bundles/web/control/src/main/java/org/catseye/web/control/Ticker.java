package org.catseye.web.control;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls regularly while somebody wants it. One thread for all channels, none without. */
final class Ticker {

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
    private static final long PATIENCE_MILLIS = 1_000;

    private final Runnable tick;
    private final long periodMillis;
    /** Guarded by this, as are the others; the last one is kept to see it end. */
    private ScheduledThreadPoolExecutor pool;
    private Thread thread;
    private boolean running;
    private boolean stopped;

    Ticker(Runnable tick, long periodMillis) {
        this.tick = tick;
        this.periodMillis = periodMillis;
    }

    /** Whether to call from now on. Without effect after {@link #stop}. */
    synchronized void wanted(boolean wanted) {
        if (wanted && !running && !stopped) {
            running = true;
            pool = new ScheduledThreadPoolExecutor(1, work -> {
                thread = new Thread(work, "control-ticker");
                thread.setDaemon(true);
                return thread;
            });
            pool.scheduleWithFixedDelay(this::guarded, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
        } else if (!wanted && running) {
            running = false;
            pool.shutdownNow();
        }
    }

    /** Calls no more; waits for a call that is under way, for a bounded time. */
    void stop() {
        Thread last;
        synchronized (this) {
            stopped = true;
            wanted(false);
            last = thread;
        }
        try {
            if (last != null) {
                last.join(PATIENCE_MILLIS);
            }
            if (last != null && last.isAlive()) {
                LOG.warn("The thread that watches states does not end; it is left behind.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void guarded() {
        try {
            tick.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Watching states stumbled; it goes on.", e);
        }
    }
}
