package org.catseye.core.hid.device;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.catseye.core.hid.report.Report;

/**
 * Writes waiting reports to the devices, one at a time. The thread that brings input writes it at once; threads that come meanwhile
 * leave their reports to it and return. No thread writes the input of others for long: after {@value #SLICE_MILLIS} ms the rest is
 * left to the hub's thread.
 */
public final class ReportWriter {

    /** Gets the result of each report; called under the hub's lock. */
    public interface Outcome {

        /** @param failure empty if the report was sent */
        void reportWritten(Device device, Optional<Throwable> failure);
    }

    private static final long SLICE_MILLIS = 20;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS);

    /** The hub's lock. Of this class it guards {@link #writing} and {@link #waitingForExclusive}. */
    private final Object lock;
    private final HubThread thread;
    private final Supplier<Device> nextDevice;
    private final Outcome outcome;
    private boolean writing;
    private int waitingForExclusive;

    /** @param nextDevice the device that has a report waiting, or null; called under the lock */
    public ReportWriter(Object lock, HubThread thread, Supplier<Device> nextDevice, Outcome outcome) {
        this.lock = lock;
        this.thread = thread;
        this.nextDevice = nextDevice;
        this.outcome = outcome;
    }

    /** Writes what waits, unless another thread does so already. Not under the lock. */
    public void writeWaiting() {
        synchronized (lock) {
            if (writing || waitingForExclusive > 0 || nextDevice.get() == null) {
                return;
            }
            writing = true;
        }
        writeSlice();
    }

    /**
     * Waits until no thread writes and keeps it so until {@link #endExclusive}. Not under the lock.
     *
     * @return false if that took longer than {@code millis}: a device does not return from a report
     */
    public boolean beginExclusive(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (lock) {
            waitingForExclusive++;
            while (writing) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0 || !waitOnLock(left)) {
                    waitingForExclusive--;
                    return false;
                }
            }
            writing = true;
            waitingForExclusive--;
            return true;
        }
    }

    public void endExclusive() {
        synchronized (lock) {
            writing = false;
            lock.notifyAll();
        }
    }

    /** Sends a report. @return what was thrown, if anything: a bundle that is removed under a call throws errors, too */
    public static Optional<Throwable> trySend(Report report, Device device) {
        try {
            report.sendTo(device.transport());
            return Optional.empty();
        } catch (IOException | RuntimeException | LinkageError e) {
            return Optional.of(e);
        }
    }

    private void writeSlice() {
        long start = thread.currentNanos();
        while (true) {
            Device device;
            Report report;
            synchronized (lock) {
                device = nextDevice.get();
                if (device == null || waitingForExclusive > 0) {
                    endExclusive();
                    return;
                }
                if (thread.currentNanos() - start > SLICE_NANOS) {
                    thread.runSoon(this::writeSlice);
                    return;
                }
                report = device.queue().takeNext();
            }
            Optional<Throwable> failure = trySend(report, device);
            synchronized (lock) {
                outcome.reportWritten(device, failure);
            }
        }
    }

    private boolean waitOnLock(long millis) {
        try {
            lock.wait(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
