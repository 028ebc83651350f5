package org.catseye.launcher.service;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reports to the watchdog of systemd that Catseye is alive, only as long as its web server answers. While a framework is replaced,
 * nothing can answer, so it gets some time. During the first start nothing is reported: the first report would start the watchdog, and
 * systemd has a limit for the start. Runs on a thread of its own until it is interrupted.
 */
public final class KeepAlive implements Runnable {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    /** Two checks may fail before systemd acts. */
    private static final int REPORTS_PER_TIMEOUT = 3;
    private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
    private final ServiceNotifier notifier;
    private final BooleanSupplier answering;
    private final LongSupplier nanoTime;
    private final long intervalMillis;
    private boolean answered;
    private boolean failureLogged;
    /** Whether the web server need not answer, and until when. Both are guarded by this. */
    private boolean silenceExpected;
    private long silenceDeadline;

    /**
     * @param answering whether the web server answers; takes a few seconds at most
     * @param timeoutMillis after which systemd stops the process
     */
    public KeepAlive(ServiceNotifier notifier, BooleanSupplier answering, long timeoutMillis, LongSupplier nanoTime) {
        this.notifier = notifier;
        this.answering = answering;
        this.nanoTime = nanoTime;
        this.intervalMillis = Math.max(1, timeoutMillis / REPORTS_PER_TIMEOUT);
    }

    /** Call it when a framework starts or stops. */
    public synchronized void expectSilence() {
        silenceExpected = true;
        silenceDeadline = nanoTime.getAsLong() + SILENCE_NANOS;
    }

    @Override
    public void run() {
        try {
            while (true) {
                long start = nanoTime.getAsLong();
                checkAnswer();
                Thread.sleep(remainingMillis(start));
            }
        } catch (InterruptedException stopped) {
            LOG.fine("the watchdog is no longer served");
        }
    }

    /** Reports that Catseye is alive, if it is. */
    void checkAnswer() {
        if (isAnswering()) {
            answered = true;
            failureLogged = false;
            endSilence();
            notifier.reportAlive();
        } else if (isSilenceExpected()) {
            if (answered) {
                notifier.reportAlive();
            }
        } else if (!failureLogged) {
            failureLogged = true;
            LOG.severe("the web server does not answer; if this persists, systemd restarts Catseye");
        }
    }

    /** How long to wait after a check that began then, so that checks begin at regular times. */
    long remainingMillis(long start) {
        return Math.max(1, intervalMillis - TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - start));
    }

    /** A framework that stops during the check may fail in any way; that must not end this thread. */
    private boolean isAnswering() {
        try {
            return answering.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "the web server cannot be checked now", e);
            return false;
        }
    }

    private synchronized boolean isSilenceExpected() {
        return silenceExpected && nanoTime.getAsLong() - silenceDeadline < 0;
    }

    private synchronized void endSilence() {
        silenceExpected = false;
    }
}
