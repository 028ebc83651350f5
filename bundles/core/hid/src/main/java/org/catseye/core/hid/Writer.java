package org.catseye.core.hid;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Puts waiting reports before the devices, one at a time. Whoever brings input writes it, on its own thread and at once; whoever
 * comes meanwhile leaves its reports to the one who writes and goes. Nobody is kept for long by the input of others: after
 * {@value #SLICE_MILLIS} ms the rest goes to the hub's thread.
 */
final class Writer {

    private static final long SLICE_MILLIS = 20;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS);

    /** The hub's lock. Of this class it guards {@link #writing} and {@link #seizers}. */
    private final Object lock;
    private final HubThread thread;
    private final Supplier<Device> next;
    private final BiConsumer<Device, Throwable> outcome;
    private boolean writing;
    private int seizers;

    /**
     * @param next the device that has something to be told, or null; called under the lock
     * @param outcome hears how each report went, null for well; called under the lock
     */
    Writer(Object lock, HubThread thread, Supplier<Device> next, BiConsumer<Device, Throwable> outcome) {
        this.lock = lock;
        this.thread = thread;
        this.next = next;
        this.outcome = outcome;
    }

    /** Writes what waits, unless somebody does already. Not under the lock. */
    void flush() {
        synchronized (lock) {
            if (writing || seizers > 0 || next.get() == null) {
                return;
            }
            writing = true;
        }
        slice();
    }

    /**
     * Waits until nobody writes and keeps it so until {@link #release}. Not under the lock.
     *
     * @return false if that took longer than {@code millis}: a device holds on to its caller
     */
    boolean seize(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (lock) {
            seizers++;
            while (writing) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0 || !waited(left)) {
                    seizers--;
                    return false;
                }
            }
            writing = true;
            seizers--;
            return true;
        }
    }

    void release() {
        synchronized (lock) {
            writing = false;
            lock.notifyAll();
        }
    }

    /** As {@link Report#send}, with anything thrown as the result: a torn-out bundle throws errors, too. */
    static Throwable send(Report report, Device device) {
        try {
            report.send(device.transport);
            return null;
        } catch (IOException | RuntimeException | LinkageError e) {
            return e;
        }
    }

    private void slice() {
        long start = thread.nanos();
        while (true) {
            Device device;
            Report report;
            synchronized (lock) {
                device = next.get();
                if (device == null || seizers > 0) {
                    release();
                    return;
                }
                if (thread.nanos() - start > SLICE_NANOS) {
                    thread.run(this::slice);
                    return;
                }
                report = device.outbox.poll();
            }
            Throwable trouble = send(report, device);
            synchronized (lock) {
                outcome.accept(device, trouble);
            }
        }
    }

    private boolean waited(long millis) {
        try {
            lock.wait(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
