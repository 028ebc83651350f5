package org.catseye.core.access;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes on by itself: sessions are read at the start, expired ones end, users who are kept elsewhere are looked up again, and somebody is told when
 * nobody can log in any more. Two threads, because looking up may block.
 */
final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration SWEEP = Duration.ofSeconds(10);
    private static final Duration RECHECK = Duration.ofSeconds(5);
    private static final long PATIENCE_MILLIS = 20_000;

    private final Runnable load;
    private final Sessions sessions;
    private final Standing standing;
    private final Authenticators authenticators;
    private final Rechecks rechecks;
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final ScheduledExecutorService sweeper = thread("catseye-access");
    private final ScheduledExecutorService rechecker = thread("access-rechecks");
    /** Sweeps in a row without anybody to ask. Only on the thread of the sweeps. */
    private int alone;

    /** @param load reads the sessions */
    Watch(Runnable load, Sessions sessions, Standing standing, Authenticators authenticators, Rechecks rechecks) {
        this.load = load;
        this.sessions = sessions;
        this.standing = standing;
        this.authenticators = authenticators;
        this.rechecks = rechecks;
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(body -> {
            Thread made = new Thread(body, name);
            made.setDaemon(true);
            return made;
        });
    }

    void start() {
        sweeper.execute(guarded("Reading the sessions", () -> {
            load.run();
            loaded.countDown();
        }));
        sweeper.scheduleWithFixedDelay(guarded("Looking for expired sessions", this::sweep), SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        rechecker.scheduleWithFixedDelay(guarded("Looking up users again", rechecks::round), RECHECK.toMillis(), RECHECK.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        boolean read = loaded.getCount() == 0;
        rechecker.shutdownNow();
        sweeper.shutdown();
        try {
            if (!sweeper.awaitTermination(5, TimeUnit.SECONDS)) {
                sweeper.shutdownNow();
            }
            rechecker.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (read || loaded.getCount() == 0) {
            sessions.suspend();
        }
    }

    /** Waits for the sessions and, only after a start, for the first authenticator. */
    void awaitReady() {
        try {
            if (!loaded.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) || !authenticators.awaitOne(PATIENCE_MILLIS)) {
                LOG.debug("Not ready yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody new can be asked: those who slept are looked up at once. */
    void recheckSoon() {
        try {
            rechecker.execute(guarded("Looking up users again", rechecks::round));
        } catch (RejectedExecutionException e) {
            LOG.trace("Stopped already", e);
        }
    }

    /** What otherwise happens every few seconds, on this thread. */
    void recheckNow() {
        rechecks.round();
    }

    void restWhoDoesNotStand() {
        rechecks.restWhoDoesNotStand();
    }

    private void sweep() {
        sessions.sweep();
        standing.trim(sessions.all());
        alone = authenticators.isEmpty() ? alone + 1 : 0;
        if (alone == 1) {
            LOG.error("""
                    Nobody can log in: no bundle that knows users is running. The way back in:
                      - who is still logged in as administrator starts org.catseye.auth.file under /system/console/bundles, or
                      - who has a shell on this device stops Catseye, runs  bin/catseye recover  and starts it again: that starts the bundle
                        and sets a new password for the user admin.""");
        }
    }

    private static Runnable guarded(String what, Runnable body) {
        return () -> {
            try {
                body.run();
            } catch (RuntimeException e) {
                LOG.error("{} failed", what, e);
            }
        };
    }
}
