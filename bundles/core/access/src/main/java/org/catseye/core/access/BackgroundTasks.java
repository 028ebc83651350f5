package org.catseye.core.access;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
import org.catseye.core.access.authenticator.Authenticators;
import org.catseye.core.access.authenticator.UserRecheck;
import org.catseye.core.access.authenticator.UserStatus;
import org.catseye.core.access.session.SessionRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The periodic work: reads the sessions at the start, ends expired ones, looks up users that are kept elsewhere, and logs when no user can log in any
 * more. It has two threads ({@code catseye-access} and {@code access-rechecks}), because a lookup may block.
 */
final class BackgroundTasks {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundTasks.class);
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(10);
    private static final Duration RECHECK_INTERVAL = Duration.ofSeconds(5);
    private static final long READY_TIMEOUT_MILLIS = 20_000;

    private final Runnable load;
    private final SessionRegistry sessions;
    private final UserStatus status;
    private final Authenticators authenticators;
    private final UserRecheck recheck;
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final ScheduledExecutorService sweeper = NamedThreads.newSingleThreadScheduler("catseye-access");
    private final ScheduledExecutorService rechecker = NamedThreads.newSingleThreadScheduler("access-rechecks");
    /** Consecutive sweeps without any authenticator. Only on the thread of the sweeps. */
    private int sweepsWithoutAuthenticator;

    /** @param load reads the sessions */
    BackgroundTasks(Runnable load, SessionRegistry sessions, UserStatus status, Authenticators authenticators, UserRecheck recheck) {
        this.load = load;
        this.sessions = sessions;
        this.status = status;
        this.authenticators = authenticators;
        this.recheck = recheck;
    }

    void start() {
        sweeper.execute(catchErrors("Reading the sessions", () -> {
            load.run();
            loaded.countDown();
        }));
        sweeper.scheduleWithFixedDelay(catchErrors("Looking for expired sessions", this::endExpiredSessions), SWEEP_INTERVAL.toMillis(), SWEEP_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        rechecker.scheduleWithFixedDelay(catchErrors("Looking up users again", recheck::recheckUsers), RECHECK_INTERVAL.toMillis(), RECHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
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
            sessions.suspendAll();
        }
    }

    /** Waits for the sessions and, only after a start, for the first authenticator. */
    void awaitReady() {
        try {
            if (!loaded.await(READY_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS) || !authenticators.awaitFirst(READY_TIMEOUT_MILLIS)) {
                LOG.debug("Not ready yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** There is a new authenticator: looks up its users at once. */
    void recheckSoon() {
        try {
            rechecker.execute(catchErrors("Looking up users again", recheck::recheckUsers));
        } catch (RejectedExecutionException e) {
            LOG.trace("Stopped already", e);
        }
    }

    /** The recheck that otherwise happens every few seconds, on this thread. */
    void recheckNow() {
        recheck.recheckUsers();
    }

    private void endExpiredSessions() {
        sessions.endExpiredSessions();
        status.retainUsersOf(sessions.listSessions());
        sweepsWithoutAuthenticator = authenticators.isEmpty() ? sweepsWithoutAuthenticator + 1 : 0;
        if (sweepsWithoutAuthenticator == 1) {
            LOG.error("""
                    No user can log in: no bundle that authenticates users is running. The way back in:
                      - if you are still logged in as an administrator, start org.catseye.auth.file under /system/console/bundles, or
                      - with a shell on this device, stop Catseye, run  bin/catseye recover  and start it again: that starts the bundle
                        and sets a new password for the user admin.""");
        }
    }

    private static Runnable catchErrors(String what, Runnable body) {
        return () -> {
            try {
                body.run();
            } catch (RuntimeException e) {
                LOG.error("{} failed", what, e);
            }
        };
    }
}
