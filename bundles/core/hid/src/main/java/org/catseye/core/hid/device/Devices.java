package org.catseye.core.hid.device;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.catseye.core.hid.device.DeviceState.Phase;
import org.catseye.core.hid.report.Report;
import org.catseye.core.hid.session.InputState;
import org.catseye.core.hid.session.SessionInput;
import org.catseye.hid.HidState;
import org.catseye.hid.HidState.Condition;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidTransport;
import org.catseye.services.BoundService;
import org.catseye.services.RankedServices;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices of one target and which of them is in use: the best by ranking that is ready. The place of one that was in use and is removed is
 * kept for a moment, because its driver is usually only being updated or configured. What was held down until then is discarded, because the
 * next device may be another one: keys must not go to another computer. Guarded by the hub's lock.
 */
public final class Devices {

    /** The state without any device. */
    public static final HidState ABSENT = new HidState(Condition.ABSENT,
        "no keyboard output is connected: plug one in, or start the bundle that drives it", Set.of());

    /** A device that failed is not retried more often than this, however fast users type. */
    private static final long MIN_RETRY_ON_INPUT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long FIRST_RETRY_MILLIS = 500;
    private static final long MAX_RETRY_MILLIS = 5_000;
    private static final long FLOOD_LOG_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(Devices.class);

    private final String target;
    private final InputState input;
    private final Supplier<List<SessionInput>> sessions;
    private final RankedServices<Device> devices = new RankedServices<>();
    private Optional<Device> current = Optional.empty();
    /** Of the device that was removed while it was in use. */
    private Optional<Place> place = Optional.empty();
    /** The device that took the last place: as the one before, it is used rather than others with the same ranking. */
    private Optional<Device> successor = Optional.empty();

    /** The place of a removed device. Compared by identity. */
    public static final class Place {
        private final String label;
        private final int ranking;
        private final Set<Device> before;

        /** @param before the devices that existed when the device was removed */
        Place(String label, int ranking, List<Device> before) {
            this.label = label;
            this.ranking = ranking;
            this.before = Set.copyOf(before);
        }

        /** Whether this device takes the place at once: as a new version or a new configuration of the removed one, or as a better one. */
        boolean isTakenBy(BoundService<Device> bound) {
            return bound.ranking() >= ranking
                && (bound.ranking() > ranking || label.equals(bound.service().label()) || !before.contains(bound.service()));
        }
    }

    /** @param sessions the input of all sessions; called under the lock */
    public Devices(String target, InputState input, Supplier<List<SessionInput>> sessions) {
        this.target = target;
        this.input = input;
        this.sessions = sessions;
    }

    public void addDevice(Device device, int ranking) {
        devices.add(Map.of(Constants.SERVICE_ID, device.serviceId(), Constants.SERVICE_RANKING, ranking), device);
    }

    /** The device of this service, provided that it is this object. */
    public Optional<Device> findDevice(HidTransport transport, long serviceId) {
        return bestFirst().stream().filter(device -> device.serviceId() == serviceId && device.transport() == transport).findFirst();
    }

    /** All devices, the best first; a copy. */
    public List<Device> bestFirst() {
        return devices.listServices().stream().map(BoundService::service).toList();
    }

    /** The next device that has a report waiting and accepts it, or null. The one in use comes last: others only get releases. */
    public Device nextToWrite() {
        Device used = current.orElse(null);
        for (BoundService<Device> bound : devices.listServices()) {
            Device device = bound.service();
            if (device != used && hasWork(device)) {
                return device;
            }
        }
        return used != null && hasWork(used) ? used : null;
    }

    /** The device has returned from attach. */
    public void markAttached(Device device, Set<Feature> features) {
        device.queue().setFeatures(features);
        device.setState(device.state().toAttached());
        if (device.state().isReady()) {
            makeReady(device, device.state().reason());
        }
    }

    /** Takes over what a device reported. */
    public void applyChange(Device device, Change change) {
        if (change instanceof Change.Ready ready) {
            makeReady(device, ready.reason());
        } else if (change instanceof Change.Offline offline) {
            makeOffline(device, offline.reason());
        } else if (change instanceof Change.LedsChanged changed) {
            device.setState(device.state().withLeds(changed.leds()));
        }
    }

    public void makeOffline(Device device, String reason) {
        device.setState(device.state().toOffline(reason));
        device.queue().clear();
        selectBest();
    }

    /** More input came than the device in use takes, and everything was released. */
    public void reportFlood(long now) {
        current.ifPresent(device -> {
            device.queue().replaceAll(input.createPrimingReports(device.features()));
            DeviceState before = device.state();
            boolean loggedBefore = before.flooded() && now - before.floodedAt() <= FLOOD_LOG_NANOS;
            if (!loggedBefore) {
                device.setState(before.toFlooded(now));
                LOG.warn("Target {}: {}.", target, device.state().describeFlood());
            }
        });
    }

    /** A report was sent. */
    public void noteSuccess(Device device, long now) {
        device.queue().confirmWritten();
        device.setState(device.state().afterReport(now));
        if (device.state().phase() == Phase.RETRYING && device.queue().isEmpty()) {
            makeReady(device, "the target takes keys again");
        }
    }

    /** A report failed. @return after how many milliseconds to call {@link #retryDevice}; empty for not at all */
    public OptionalLong noteFailure(Device device, String reason, long now) {
        device.queue().clear();
        if (device.isRemoved() || device.state().phase() == Phase.OFFLINE) {
            return OptionalLong.empty();
        }
        device.setState(device.state().toFailed(reason, now));
        int failures = device.state().failures();
        if (failures == 1) {
            LOG.warn("Target {}: {} does not take keys: {}", target, device.label(), reason);
        }
        selectBest();
        return device.scheduleRetry() ? OptionalLong.of(Math.min(FIRST_RETRY_MILLIS << Math.min(failures - 1, 8), MAX_RETRY_MILLIS))
            : OptionalLong.empty();
    }

    /** The time that {@link #noteFailure} named is over. */
    public void retryDevice(Device device) {
        device.endRetry();
        if (device.state().phase() == Phase.FAILED) {
            startRetry(device);
        }
    }

    /** A user types and no device is ready: one that failed may work again without having reported it. */
    public void retryOnInput(long now) {
        if (current.isPresent()) {
            return;
        }
        for (Device device : bestFirst()) {
            if (device.state().phase() == Phase.FAILED && now - device.state().failedAt() >= MIN_RETRY_ON_INPUT_NANOS) {
                startRetry(device);
            }
        }
    }

    public void changeRanking(Device device, int ranking) {
        addDevice(device, ranking);
        selectBest();
    }

    /** Removes a device. @return the reports that release everything on it; empty if it accepts none */
    public List<Report> removeDevice(Device device) {
        List<Report> releases = device.acceptsReports() ? input.createReleaseReports(device.features()) : List.of();
        if (current.filter(used -> used == device).isPresent()) {
            place = devices.listServices().stream().filter(bound -> bound.service() == device).findFirst()
                .map(bound -> new Place(device.label(), bound.ranking(), bestFirst()));
        }
        device.markRemoved();
        devices.remove(Map.of(Constants.SERVICE_ID, device.serviceId()));
        successor = successor.filter(taker -> taker != device);
        selectBest();
        return releases;
    }

    /** Which of several devices is used and why the others are not, as sentences for the user; empty if there are not several. */
    public Optional<String> describeChoice() {
        List<BoundService<Device>> all = devices.listServices();
        if (all.size() < 2) {
            return Optional.empty();
        }
        int best = current.flatMap(used -> all.stream().filter(bound -> bound.service() == used).findFirst()).map(BoundService::ranking).orElse(Integer.MAX_VALUE);
        String others = all.stream().filter(bound -> current.isEmpty() || bound.service() != current.get()).map(bound -> describeWaiting(bound, best))
            .collect(Collectors.joining(" "));
        return Optional.of(current.map(used -> "Keys go through " + used.label() + ". ").orElse("") + others);
    }

    private String describeWaiting(BoundService<Device> bound, int usedRanking) {
        DeviceState state = bound.service().state();
        if (!state.attached() || !state.isReady()) {
            return bound.service().label() + " is not ready: " + state.reason() + (state.reason().endsWith(".") ? "" : ".");
        }
        if (bound.ranking() == usedRanking && current.filter(used -> isSuccessor(used) && used.serviceId() > bound.serviceId()).isPresent()) {
            return bound.service().label() + " is not used, because its ranking is the same as that of the one in use (" + usedRanking
                + "), which replaced the one before.";
        }
        return bound.service().label() + " is not used, because " + (bound.ranking() == usedRanking
            ? "it was added later and has the same ranking (" + usedRanking + ")." : "its ranking is lower (" + bound.ranking() + " instead of " + usedRanking + ").");
    }

    /** The place that is kept; to be given to {@link #dropPlace} after some seconds. */
    public Optional<Place> place() {
        return place;
    }

    /** The removed device has not come back. */
    public void dropPlace(Place kept) {
        if (place.filter(last -> last == kept).isPresent()) {
            endPlace();
            selectBest();
        }
    }

    public HidState currentState() {
        if (current.isEmpty() && place.isPresent() && bestFirst().stream().anyMatch(device -> device.state().isReady())) {
            return new HidState(Condition.OFFLINE, place.get().label + " is being replaced; what you type now does not arrive", Set.of());
        }
        return current.or(() -> devices.findBest()).map(Device::toHidState).orElse(ABSENT);
    }

    public Leds currentLeds() {
        return current.map(device -> device.state().leds()).orElse(Leds.UNKNOWN);
    }

    private void makeReady(Device device, String reason) {
        device.setState(device.state().toReady(reason));
        if (!device.state().attached() || device.isRemoved()) {
            return;
        }
        if (current.filter(used -> used == device).isPresent()) {
            device.queue().replaceAll(input.createPrimingReports(device.features()));
        } else {
            device.queue().replaceAll(input.createReleaseReports(device.features()));
            selectBest();
        }
    }

    private void startRetry(Device device) {
        device.setState(device.state().toRetrying());
        device.queue().replaceAll(input.createReleaseReports(device.features()));
    }

    private void selectBest() {
        Optional<Device> best = findBestReady();
        if (best.isPresent() && place.isPresent()) {
            successor = best;
            endPlace();
        }
        if (best.equals(current)) {
            return;
        }
        current.filter(Device::acceptsReports).ifPresent(old -> old.queue().replaceAll(input.createReleaseReports(old.features())));
        current = best;
        // Before the queue is in use: the reports that this drops are no input of a session.
        best.ifPresent(device -> device.queue().replaceAll(input.createPrimingReports(device.features())));
        input.useQueue(best.map(Device::queue));
        best.ifPresentOrElse(device -> LOG.info("Target {}: keys go through {}.", target, device.label()),
            () -> LOG.info("Target {}: no keyboard output is ready; {}.", target, place.isPresent()
                ? "keys do not arrive while the last one is being replaced" : "keys are kept until one is"));
    }

    private Optional<Device> findBestReady() {
        List<BoundService<Device>> ready = devices.listServices().stream().filter(bound -> place.isEmpty() || place.get().isTakenBy(bound))
            .filter(bound -> bound.service().state().attached() && bound.service().state().isReady()).toList();
        return ready.stream().filter(bound -> bound.ranking() == ready.get(0).ranking() && isSuccessor(bound.service())).findFirst()
            .or(() -> ready.stream().findFirst()).map(BoundService::service);
    }

    private boolean isSuccessor(Device device) {
        return successor.filter(taker -> taker == device).isPresent();
    }

    /** What was held down before and meanwhile was meant for the removed device. */
    private void endPlace() {
        place = Optional.empty();
        input.loseInput(sessions.get());
    }

    private static boolean hasWork(Device device) {
        return !device.queue().isEmpty() && device.acceptsReports();
    }
}
