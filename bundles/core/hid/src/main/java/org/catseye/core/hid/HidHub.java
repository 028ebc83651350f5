package org.catseye.core.hid;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.catseye.core.hid.device.Device;
import org.catseye.core.hid.device.DeviceFeedback;
import org.catseye.core.hid.device.Devices;
import org.catseye.core.hid.device.HubThread;
import org.catseye.core.hid.device.ReportWriter;
import org.catseye.core.hid.report.Report;
import org.catseye.core.hid.report.ReportQueue;
import org.catseye.core.hid.session.HubSession;
import org.catseye.core.hid.session.InputState;
import org.catseye.core.hid.session.SessionHub;
import org.catseye.core.hid.session.SessionInput;
import org.catseye.hid.HidSession.Delivery;
import org.catseye.hid.HidState;
import org.catseye.hid.HidState.Condition;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidTransport;
import org.catseye.targets.PointerArea;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys and pointers of one target: sessions on one side, devices on the other. Keeps what the sessions hold down, whether a device
 * is ready or not, and reports it to the best one that is. Thread-safe.
 */
final class HidHub implements SessionHub {

    private static final Logger LOG = LoggerFactory.getLogger(HidHub.class);
    private static final long REPLACEMENT_MILLIS = 3_000;
    private static final long STOP_TIMEOUT_MILLIS = 1_000;
    private static final HidState STOPPED = new HidState(Condition.ABSENT, "the keyboard hub has stopped", Set.of());

    private final String target;
    private final HubThread thread;
    /** Guards the set of sessions with their input, {@link #input}, {@link #devices}, and each device. */
    private final Object lock = new Object();
    private final Set<HubSession> sessions = new LinkedHashSet<>();
    private final InputState input = new InputState();
    private final Devices devices;
    private final ReportWriter writer;
    private final AtomicBoolean notificationPending = new AtomicBoolean();
    private volatile Supplier<PointerArea> pointerArea = () -> PointerArea.WHOLE;
    private volatile VisibleState visible = new VisibleState(Devices.ABSENT, Leds.UNKNOWN);

    HidHub(String target, HubThread thread) {
        this.target = target;
        this.thread = thread;
        devices = new Devices(target, input, this::listInputs);
        writer = new ReportWriter(lock, thread, devices::nextToWrite, this::noteOutcome);
    }

    // Sessions.

    HubSession openSession() {
        HubSession session = new HubSession(this);
        synchronized (lock) {
            sessions.add(session);
            session.input().noteLosses(input.countLosses());
        }
        return session;
    }

    /** A session is given back: what it holds is released. */
    void closeSession(HubSession session) {
        applyInput(session, state -> state.releaseSession(session.input()));
        synchronized (lock) {
            sessions.remove(session);
            lock.notifyAll();
        }
        session.removeListener();
    }

    boolean hasSessions() {
        synchronized (lock) {
            return !sessions.isEmpty();
        }
    }

    @Override
    public void applyInput(HubSession session, Consumer<InputState> change) {
        synchronized (lock) {
            if (!sessions.contains(session)) {
                return;
            }
            change.accept(input);
            if (input.hasOverflowed()) {
                releaseAfterFlood();
            }
            devices.retryOnInput(thread.currentNanos());
        }
        writer.writeWaiting();
    }

    @Override
    public Delivery awaitDelivery(HubSession session, long timeoutMillis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        synchronized (lock) {
            Optional<ReportQueue> queue = input.queue();
            long position = queue.map(ReportQueue::lastPosition).orElse(0L);
            while (true) {
                if (!sessions.contains(session) || session.input().noteLosses(input.countLosses())) {
                    return Delivery.LOST;
                }
                if (queue.isEmpty() || queue.get().isWritten(position)) {
                    return Delivery.WRITTEN;
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return Delivery.WAITING;
                }
                lock.wait(left);
            }
        }
    }

    /** @param area asked for each position, so that a changed setting counts at once */
    void usePointerArea(Supplier<PointerArea> area) {
        pointerArea = area;
    }

    @Override
    public PointerArea pointerArea() {
        return pointerArea.get();
    }

    /** Which of several devices is used and why the others are not, as sentences for the user; empty if there are not several. */
    Optional<String> describeChoice() {
        synchronized (lock) {
            return devices.describeChoice();
        }
    }

    @Override
    public VisibleState visibleState() {
        return visible;
    }

    // Devices.

    void addDevice(HidTransport transport, String label, long serviceId, int ranking) {
        Device device = new Device(transport, label, serviceId);
        changeDevices(() -> devices.addDevice(device, ranking));
        try {
            transport.attach(new DeviceFeedback(change -> changeDevices(() -> devices.applyChange(device, change))));
            Set<Feature> features = Set.copyOf(transport.supportedFeatures());
            changeDevices(() -> devices.markAttached(device, features));
        } catch (RuntimeException | LinkageError e) {
            LOG.error("Target {}: {} cannot be used: it failed to attach.", target, label, e);
            changeDevices(() -> devices.makeOffline(device, label + " failed to start: " + messageOf(e)));
        }
    }

    void changeRanking(HidTransport transport, long serviceId, int ranking) {
        changeDevices(() -> devices.findDevice(transport, serviceId).ifPresent(device -> devices.changeRanking(device, ranking)));
    }

    /**
     * Releases everything on the device, and detaches it. If it was in use, the next one takes over after {@value #REPLACEMENT_MILLIS} ms: until
     * then it may be back. What sessions hold down is not pressed on the next one. Waits for a busy device, one second at most.
     */
    void removeDevice(HidTransport transport, long serviceId) {
        Optional<Device> found;
        List<Report> releases;
        synchronized (lock) {
            found = devices.findDevice(transport, serviceId);
            releases = found.map(devices::removeDevice).orElse(List.of());
            // Before detach, which a driver may make last.
            found.flatMap(device -> devices.place())
                .ifPresent(place -> thread.runLater(() -> changeDevices(() -> devices.dropPlace(place)), REPLACEMENT_MILLIS));
            lock.notifyAll();
            publishState();
        }
        found.ifPresent(device -> {
            detach(device, releases);
            thread.runSoon(writer::writeWaiting);
        });
    }

    /** Releases everything, detaches the devices and ends the thread: in bounded time, whatever the devices do. */
    void closeHub() {
        List<HubSession> remainingSessions;
        List<Device> remainingDevices;
        synchronized (lock) {
            remainingSessions = List.copyOf(sessions);
            remainingDevices = devices.bestFirst();
        }
        remainingSessions.forEach(this::closeSession);
        remainingDevices.forEach(device -> removeDevice(device.transport(), device.serviceId()));
        synchronized (lock) {
            visible = new VisibleState(STOPPED, Leds.UNKNOWN);
        }
        if (!thread.stop(STOP_TIMEOUT_MILLIS)) {
            LOG.warn("Target {}: a keyboard output does not return to the hub's thread, which is abandoned.", target);
        }
    }

    /** Changes devices; what follows from it is written, and listeners are notified, on the hub's thread. */
    private void changeDevices(Runnable change) {
        synchronized (lock) {
            change.run();
            lock.notifyAll();
            publishState();
        }
        thread.runSoon(writer::writeWaiting);
    }

    /** Under the lock; wakes those who wait for the device. */
    private void noteOutcome(Device device, Optional<Throwable> failure) {
        failure.ifPresentOrElse(thrown -> {
            LOG.debug("Target {}: a report failed.", target, thrown);
            devices.noteFailure(device, messageOf(thrown), thread.currentNanos())
                .ifPresent(millis -> thread.runLater(() -> changeDevices(() -> devices.retryDevice(device)), millis));
        }, () -> devices.noteSuccess(device, thread.currentNanos()));
        lock.notifyAll();
        publishState();
    }

    /** Under the lock: makes a new state visible and has listeners notified. */
    private void publishState() {
        VisibleState next = new VisibleState(devices.currentState(), devices.currentLeds());
        if (!next.equals(visible)) {
            visible = next;
            if (notificationPending.compareAndSet(false, true)) {
                thread.runSoon(this::notifyListeners);
            }
        }
    }

    private void notifyListeners() {
        notificationPending.set(false);
        List<HubSession> all;
        synchronized (lock) {
            all = List.copyOf(sessions);
        }
        all.forEach(HubSession::notifyListener);
    }

    /** Under the lock: the queue is full. What waits is dropped in favour of the one state that is always right: all released. */
    private void releaseAfterFlood() {
        input.discardInput(listInputs());
        devices.reportFlood(thread.currentNanos());
        publishState();
    }

    /** Under the lock. */
    private List<SessionInput> listInputs() {
        return sessions.stream().map(HubSession::input).toList();
    }

    private void detach(Device device, List<Report> releases) {
        boolean exclusive = writer.beginExclusive(STOP_TIMEOUT_MILLIS);
        try {
            if (exclusive) {
                // Ends with the first failure: the rest would fail too.
                releases.stream().map(report -> ReportWriter.trySend(report, device)).filter(Optional::isPresent).findFirst();
            } else {
                LOG.warn("Target {}: {} does not return from a report; it is detached during the report.", target, device.label());
            }
            device.transport().detach();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Target {}: {} failed to detach.", target, device.label(), e);
        } finally {
            if (exclusive) {
                writer.endExclusive();
            }
        }
    }

    private static String messageOf(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }
}
