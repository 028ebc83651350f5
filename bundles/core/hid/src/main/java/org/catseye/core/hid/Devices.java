package org.catseye.core.hid;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.catseye.core.hid.Device.Mood;
import org.catseye.hid.HidState;
import org.catseye.hid.HidState.Condition;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The devices of one target and which of them is in use: the best that is ready. Sits under the hub's lock. */
final class Devices {

    static final HidState ABSENT = new HidState(Condition.ABSENT,
        "no keyboard output is connected: plug one in, or start the bundle that drives it", Set.of());

    /** A device that failed is not tried more often than this, however fast somebody types. */
    private static final long RETRY_ON_INPUT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long FIRST_RETRY_MILLIS = 500;
    private static final long LAST_RETRY_MILLIS = 5_000;

    private static final String FLOODED = "input came faster than the target takes it, so all keys were released";
    private static final long FLOOD_LOG_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long FLOOD_SAID_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Logger LOG = LoggerFactory.getLogger(Devices.class);

    private final String target;
    private final Input input;
    /** Best first. */
    private final TreeSet<Device> devices = new TreeSet<>();
    private Device current;

    Devices(String target, Input input) {
        this.target = target;
        this.input = input;
    }

    void add(Device device) {
        devices.add(device);
    }

    Optional<Device> find(HidTransport transport, long serviceId) {
        return devices.stream().filter(device -> device.serviceId == serviceId && device.transport == transport).findFirst();
    }

    List<Device> all() {
        return List.copyOf(devices);
    }

    /** The next device that is open and has something to be told, or null. The one in use comes last: others only let go. */
    Device waiting() {
        for (Device device : devices) {
            if (device != current && device.open() && !device.outbox.isEmpty()) {
                return device;
            }
        }
        return current != null && current.open() && !current.outbox.isEmpty() ? current : null;
    }

    /** The device has returned from attach. */
    void attached(Device device, Set<Feature> features) {
        device.attached = true;
        device.features = features;
        if (device.mood == Mood.READY) {
            ready(device, device.reason);
        }
    }

    void ready(Device device, String reason) {
        device.mood = Mood.READY;
        device.reason = reason;
        device.readyReason = reason;
        device.failures = 0;
        if (!device.attached || device.gone) {
            return;
        }
        if (device == current) {
            device.outbox.replace(input.prime(device.features));
        } else {
            device.outbox.replace(input.up(device.features));
            choose();
        }
    }

    void offline(Device device, String reason) {
        device.mood = Mood.OFFLINE;
        device.reason = reason;
        device.leds = Leds.UNKNOWN;
        device.outbox.clear();
        choose();
    }

    /** More came than the device takes, and everything was let go of. Said for a while; logged once a second. */
    void flooded(Device device, long now) {
        if (!device.reason.equals(FLOODED) || now - device.floodedAt > FLOOD_LOG_NANOS) {
            LOG.warn("Target {}: {}.", target, FLOODED);
            device.floodedAt = now;
        }
        device.reason = FLOODED;
    }

    /** A report went through. */
    void took(Device device, long now) {
        if (device.reason.equals(FLOODED) && now - device.floodedAt > FLOOD_SAID_NANOS) {
            device.reason = device.readyReason;
        }
        if (device.mood == Mood.TRYING && device.outbox.isEmpty()) {
            ready(device, "the target takes keys again");
        }
    }

    /** A report did not go through. @return after how many milliseconds to {@link #retry}; 0 for not at all */
    long failed(Device device, String reason, long now) {
        device.outbox.clear();
        if (device.gone || device.mood == Mood.OFFLINE) {
            return 0;
        }
        if (device.failures++ == 0) {
            LOG.warn("Target {}: {} does not take keys: {}", target, device.label, reason);
        }
        device.mood = Mood.FAILED;
        device.reason = reason;
        device.failedAt = now;
        choose();
        if (device.retryComing) {
            return 0;
        }
        device.retryComing = true;
        return Math.min(FIRST_RETRY_MILLIS << Math.min(device.failures - 1, 8), LAST_RETRY_MILLIS);
    }

    /** The time set by {@link #failed} has come. */
    void retry(Device device) {
        device.retryComing = false;
        if (device.mood == Mood.FAILED) {
            tryAgain(device);
        }
    }

    /** Somebody types while nobody listens: a device that failed may not know that it is well again. */
    void retryOnInput(long now) {
        if (current == null) {
            for (Device device : devices) {
                if (device.mood == Mood.FAILED && now - device.failedAt >= RETRY_ON_INPUT_NANOS) {
                    tryAgain(device);
                }
            }
        }
    }

    void rank(Device device, int ranking) {
        devices.remove(device);
        device.ranking = ranking;
        devices.add(device);
        choose();
    }

    /** Takes it out. @return what it must still be told to leave nothing down; empty if it does not listen */
    List<Report> part(Device device) {
        List<Report> farewell = device.open() ? input.up(device.features) : List.of();
        device.gone = true;
        device.outbox.clear();
        devices.remove(device);
        choose();
        return farewell;
    }

    /** The device in use, if any. */
    Optional<Device> current() {
        return Optional.ofNullable(current);
    }

    HidState state() {
        return devices.isEmpty() ? ABSENT : (current != null ? current : devices.first()).state();
    }

    Leds leds() {
        return current == null ? Leds.UNKNOWN : current.leds;
    }

    private void tryAgain(Device device) {
        device.mood = Mood.TRYING;
        device.outbox.replace(input.up(device.features));
    }

    private void choose() {
        Device best = devices.stream().filter(device -> device.attached && device.mood == Mood.READY).findFirst().orElse(null);
        if (best == current) {
            return;
        }
        if (current != null && current.open()) {
            current.outbox.replace(input.up(current.features));
        }
        current = best;
        input.use(best);
        if (best == null) {
            LOG.info("Target {}: keys go nowhere now.", target);
            return;
        }
        best.outbox.replace(input.prime(best.features));
        LOG.info("Target {}: keys go through {}.", target, best.label);
    }
}
