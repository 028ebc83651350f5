package org.catseye.core.hid;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.catseye.hid.HidState;
import org.catseye.hid.HidState.Condition;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys and pointers of one target: sessions on one side, devices on the other. Keeps what the sessions hold down, whether
 * anybody listens or not, and tells it to the best device that does. Thread-safe.
 */
final class HidHub {

    /** What sessions and their listeners may know. */
    record Told(HidState state, Leds leds) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(HidHub.class);
    private static final long PATIENCE_MILLIS = 1_000;
    private static final HidState STOPPED = new HidState(Condition.ABSENT, "the keyboard hub has stopped", Set.of());

    private final String target;
    private final HubThread thread;
    /** Guards the set of sessions, and what Input, Devices, each Device but its feedback, and each Holding keep. */
    private final Object lock = new Object();
    private final Set<HubSession> sessions = new LinkedHashSet<>();
    private final Input input = new Input();
    private final Devices devices;
    private final Writer writer;
    private final AtomicBoolean telling = new AtomicBoolean();
    private volatile Told told = new Told(Devices.ABSENT, Leds.UNKNOWN);

    HidHub(String target, HubThread thread) {
        this.target = target;
        this.thread = thread;
        devices = new Devices(target, input);
        writer = new Writer(lock, thread, devices::waiting, this::sent);
    }

    // Sessions.

    HubSession open() {
        HubSession session = new HubSession(this);
        synchronized (lock) {
            sessions.add(session);
        }
        return session;
    }

    /** A session is given back: what it holds goes up. */
    void leave(HubSession session) {
        act(session, gone -> gone.release(session.holding));
        synchronized (lock) {
            sessions.remove(session);
        }
        session.fallSilent();
    }

    /** Whether somebody has a session. */
    boolean inUse() {
        synchronized (lock) {
            return !sessions.isEmpty();
        }
    }

    /** Does what a session asks for, on the caller's thread; without effect when the session was given back. */
    void act(HubSession session, Consumer<Input> deed) {
        synchronized (lock) {
            if (!sessions.contains(session)) {
                return;
            }
            deed.accept(input);
            if (input.overflowed()) {
                flooded();
            }
            devices.retryOnInput(thread.nanos());
        }
        writer.flush();
    }

    Told told() {
        return told;
    }

    // Devices come and go.

    void add(HidTransport transport, String label, long serviceId, int ranking) {
        Device device = new Device(this, transport, label, serviceId, ranking);
        change(() -> devices.add(device));
        try {
            transport.attach(device);
            Set<Feature> features = Set.copyOf(transport.supportedFeatures());
            change(() -> devices.attached(device, features));
        } catch (RuntimeException | LinkageError e) {
            LOG.error("Target {}: {} cannot be used: it failed to attach.", target, label, e);
            change(() -> devices.offline(device, label + " failed to start: " + words(e)));
        }
    }

    void rank(HidTransport transport, long serviceId, int ranking) {
        change(() -> devices.find(transport, serviceId).ifPresent(device -> devices.rank(device, ranking)));
    }

    /** Lets go of everything on the device, and of the device; the next one takes over. Waits for a busy one, but not for long. */
    void remove(HidTransport transport, long serviceId) {
        Optional<Device> found;
        List<Report> farewell;
        synchronized (lock) {
            found = devices.find(transport, serviceId);
            farewell = found.map(devices::part).orElse(List.of());
            publish();
        }
        found.ifPresent(device -> {
            detach(device, farewell);
            change(() -> { });
        });
    }

    /** Everything goes up, devices are let go of, the thread ends: in bounded time, however devices behave. */
    void close() {
        List<HubSession> left;
        List<Device> all;
        synchronized (lock) {
            left = List.copyOf(sessions);
            all = devices.all();
        }
        left.forEach(this::leave);
        all.forEach(device -> remove(device.transport, device.serviceId));
        synchronized (lock) {
            told = new Told(STOPPED, Leds.UNKNOWN);
        }
        if (!thread.close(PATIENCE_MILLIS)) {
            LOG.warn("Target {}: a keyboard output holds on to the hub's thread; it is left behind.", target);
        }
    }

    // What devices say; see HidFeedback.

    void ready(Device device, String reason) {
        change(() -> devices.ready(device, reason));
    }

    void offline(Device device, String reason) {
        change(() -> devices.offline(device, reason));
    }

    void leds(Device device, Leds leds) {
        change(() -> device.leds = leds);
    }

    /** A change of devices; what follows from it is written and told on the hub's thread. */
    private void change(Runnable what) {
        synchronized (lock) {
            what.run();
            publish();
        }
        thread.run(writer::flush);
    }

    /** Under the lock: how a report went. */
    private void sent(Device device, Throwable trouble) {
        if (trouble == null) {
            devices.took(device, thread.nanos());
        } else {
            LOG.debug("Target {}: a report failed.", target, trouble);
            long millis = devices.failed(device, words(trouble), thread.nanos());
            if (millis > 0) {
                thread.runLater(() -> change(() -> devices.retry(device)), millis);
            }
        }
        publish();
    }

    /** Under the lock: lets everybody know of a new state. */
    private void publish() {
        Told now = new Told(devices.state(), devices.leds());
        if (!now.equals(told)) {
            told = now;
            if (telling.compareAndSet(false, true)) {
                thread.run(this::tell);
            }
        }
    }

    private void tell() {
        telling.set(false);
        List<HubSession> all;
        synchronized (lock) {
            all = List.copyOf(sessions);
        }
        all.forEach(HubSession::tell);
    }

    /** Under the lock: the line is full. What waits is given up for the one state that is always right. */
    private void flooded() {
        input.forget(sessions.stream().map(session -> session.holding).toList());
        devices.current().ifPresent(device -> {
            device.outbox.replace(input.prime(device.features));
            devices.flooded(device, thread.nanos());
        });
        publish();
    }

    private void detach(Device device, List<Report> farewell) {
        boolean alone = writer.seize(PATIENCE_MILLIS);
        try {
            if (alone) {
                farewell.stream().map(report -> Writer.send(report, device)).filter(Objects::nonNull).findFirst();
            } else {
                LOG.warn("Target {}: {} does not return from a report; it is taken away while it has one.", target, device.label);
            }
            device.transport.detach();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Target {}: {} failed to detach.", target, device.label, e);
        } finally {
            if (alone) {
                writer.release();
            }
        }
    }

    private static String words(Throwable trouble) {
        String message = trouble.getMessage();
        return message == null || message.isBlank() ? trouble.getClass().getSimpleName() : message;
    }
}
