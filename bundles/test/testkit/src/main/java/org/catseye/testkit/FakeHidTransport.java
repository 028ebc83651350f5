package org.catseye.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.spi.HidFeedback;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;

/**
 * A device with a simulated computer that records the reports it receives. It can fail or block at each report, and records every
 * breach of the transport contract by its hub in {@link #breaches()}.
 */
public final class FakeHidTransport implements HidTransport {

    private final Set<Feature> features;
    private final AtomicInteger inside = new AtomicInteger();
    private final List<Object> reports = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();
    private HidFeedback feedback;
    private boolean readyOnAttach = true;
    private volatile String failure = "";
    private volatile Semaphore gate;
    private volatile Runnable onDetach = () -> { };
    private volatile long delayMillis;
    private KeyboardReport keyboard = KeyboardReport.UP;
    private PointerReport pointer = new PointerReport(0, 0, 0, 0, 0);
    private int relativeButtons;
    private int consumer;
    private int system;

    /** Creates a device with all features. */
    public FakeHidTransport() {
        this(Set.of(Feature.values()));
    }

    public FakeHidTransport(Set<Feature> features) {
        this.features = features;
    }

    /** Stops it from reporting ready by itself. */
    public FakeHidTransport silent() {
        readyOnAttach = false;
        return this;
    }

    @Override
    public Set<Feature> supportedFeatures() {
        return features;
    }

    @Override
    public void attach(HidFeedback hub) {
        synchronized (this) {
            if (feedback != null) {
                breaches.add("attached twice");
            }
            feedback = hub;
        }
        if (readyOnAttach) {
            hub.reportReady("the pretend computer listens");
        }
    }

    @Override
    public void detach() {
        onDetach.run();
        markDetached();
    }

    private synchronized void markDetached() {
        if (inside.get() > 0) {
            breaches.add("detached during a report");
        }
        feedback = null;
        notifyAll();
    }

    @Override
    public void sendKeyboard(KeyboardReport report) throws IOException {
        take(Feature.KEYBOARD, report, () -> keyboard = report);
    }

    @Override
    public void sendPointer(PointerReport report) throws IOException {
        take(Feature.ABSOLUTE_POINTER, report, () -> pointer = report);
    }

    @Override
    public void sendMotion(MotionReport report) throws IOException {
        take(Feature.RELATIVE_POINTER, report, () -> relativeButtons = report.buttons());
    }

    @Override
    public void sendConsumerUsage(int usage) throws IOException {
        take(Feature.CONSUMER, "consumer " + usage, () -> consumer = usage);
    }

    @Override
    public void sendSystemUsage(int usage) throws IOException {
        take(Feature.SYSTEM, "system " + usage, () -> system = usage);
    }

    /** Runs during detach, before the device counts as detached. */
    public void onDetach(Runnable work) {
        onDetach = work;
    }

    /** Makes reports fail with this message from now on; an empty message makes them succeed again. Does not notify the hub. */
    public void fail(String words) {
        failure = words;
    }

    /** Makes each report wait for a permit from now on; null ends this. Does not release reports that are already waiting. */
    public void hold(Semaphore permits) {
        gate = permits;
    }

    /** Makes each report take this long from now on, as on a slow bus. */
    public void delay(long millis) {
        delayMillis = millis;
    }

    /** The feedback that the hub passed to attach; throws if the device is not attached. */
    public synchronized HidFeedback feedback() {
        if (feedback == null) {
            throw new IllegalStateException("not attached");
        }
        return feedback;
    }

    public synchronized boolean attached() {
        return feedback != null;
    }

    /** Everything that arrived, oldest first: report records, "consumer n" and "system n". */
    public synchronized List<Object> reports() {
        return List.copyOf(reports);
    }

    /** The reports of one type, oldest first. */
    public synchronized <T> List<T> reports(Class<T> kind) {
        return reports.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public synchronized void forgetReports() {
        reports.clear();
    }

    public synchronized KeyboardReport seenKeyboard() {
        return keyboard;
    }

    public synchronized PointerReport seenPointer() {
        return pointer;
    }

    public synchronized int seenRelativeButtons() {
        return relativeButtons;
    }

    public synchronized int seenConsumer() {
        return consumer;
    }

    /** Whether no key or button is pressed on the simulated computer. */
    public synchronized boolean allUp() {
        return keyboard.equals(KeyboardReport.UP) && pointer.buttons() == 0 && relativeButtons == 0 && consumer == 0 && system == 0;
    }

    /** The breaches of the contract by the hub. */
    public synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** Discards the breaches, for a test that provokes one. */
    public synchronized void forgetBreaches() {
        breaches.clear();
    }

    /** Whether a report is currently blocked. */
    public boolean busy() {
        return inside.get() > 0;
    }

    /**
     * Waits for {@code condition}.
     *
     * @return false on timeout
     */
    public synchronized boolean await(long millis, Predicate<FakeHidTransport> condition) throws InterruptedException {
        return Waiting.until(this, millis, () -> condition.test(this));
    }

    private void take(Feature needed, Object report, Runnable effect) throws IOException {
        begin(needed);
        try {
            Semaphore permits = gate;
            if (permits != null) {
                permits.acquireUninterruptibly();
            }
            if (delayMillis > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delayMillis));
            }
            if (!failure.isEmpty()) {
                throw new IOException(failure);
            }
            synchronized (this) {
                reports.add(report);
                effect.run();
            }
        } finally {
            inside.decrementAndGet();
            synchronized (this) {
                notifyAll();
            }
        }
    }

    private synchronized void begin(Feature needed) {
        if (inside.incrementAndGet() > 1) {
            breaches.add("two reports at once");
        }
        if (feedback == null) {
            breaches.add(needed + " report without attach");
        }
        if (!features.contains(needed)) {
            breaches.add(needed + " was not offered");
        }
        notifyAll();
    }
}
