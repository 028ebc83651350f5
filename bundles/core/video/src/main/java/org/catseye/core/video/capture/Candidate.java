package org.catseye.core.video.capture;

import java.util.Optional;
import java.util.OptionalLong;
import org.catseye.core.video.capture.SourcePresence.State;
import org.catseye.core.video.hub.Hub;
import org.catseye.services.BoundService;
import org.catseye.targets.Target;
import org.catseye.video.spi.CaptureDevice;
import org.osgi.framework.Constants;

/** A device that may become the one in use. All fields are guarded by the lock of {@link CaptureDevices}, but for {@link #loop}. */
final class Candidate {

    private final CaptureDevice device;
    private final long serviceId;
    private final String label;
    private final OptionalLong bundle;
    private int ranking;
    /** Whether the device was removed, and only its place is kept. */
    private boolean removed;
    /** Empty while the device is not started. */
    private Optional<DeviceRun> run = Optional.empty();
    private volatile Optional<CaptureLoop> loop = Optional.empty();
    /** The loop that was asked to stop last. */
    private Optional<CaptureLoop> ending = Optional.empty();

    Candidate(BoundService<CaptureDevice> bound) {
        device = bound.service();
        serviceId = bound.serviceId();
        label = labelOf(bound);
        bundle = bound.properties().get(Constants.SERVICE_BUNDLEID) instanceof Long id ? OptionalLong.of(id) : OptionalLong.empty();
        ranking = bound.ranking();
    }

    boolean isFor(BoundService<CaptureDevice> bound) {
        return !removed && serviceId == bound.serviceId() && device == bound.service() && label.equals(labelOf(bound));
    }

    void updateRanking(BoundService<CaptureDevice> bound) {
        ranking = bound.ranking();
    }

    /**
     * Whether this device takes the place of a removed one at once: as a new version or a new configuration of it, or as a better one.
     *
     * @param arrived whether it was not there before
     */
    boolean replaces(Candidate gone, boolean arrived) {
        return ranking >= gone.ranking && (arrived || ranking > gone.ranking || label.equals(gone.label)) && presence() != State.ABSENT;
    }

    boolean isBetterThan(Candidate other) {
        return ranking > other.ranking || ranking == other.ranking && serviceId < other.serviceId;
    }

    /** Why this device is not used, as a sentence for the user. */
    String describeWaiting(Candidate used) {
        if (isBetterThan(used)) {
            return label + " would be preferred (ranking " + ranking + "), but has no source.";
        }
        String reason = ranking == used.ranking ? "it was added later and has the same ranking (" + ranking + ")"
            : "its ranking is lower (" + ranking + " instead of " + used.ranking + ")";
        return label + " is not used, because " + reason + ".";
    }

    void markRemoved() {
        removed = true;
    }

    boolean isRemoved() {
        return removed;
    }

    String label() {
        return label;
    }

    UsedDevice asUsed() {
        return new UsedDevice(label, device);
    }

    Optional<DeviceRun> run() {
        return run;
    }

    boolean isRunning(DeviceRun one) {
        return run.filter(started -> started == one).isPresent();
    }

    /** What is called for viewers; may be read without the lock. */
    Optional<CaptureLoop> loop() {
        return loop;
    }

    State presence() {
        return run.map(started -> started.presence.state()).orElse(State.UNKNOWN);
    }

    /** Whether it was started and may still find its source. */
    boolean isUnsettled() {
        return run.isPresent() && presence() == State.UNKNOWN;
    }

    void start(Hub hub, DeviceRun.Listener listener, CaptureWatch watch) {
        DeviceRun next = new DeviceRun(hub.openInput(), label, listener);
        CaptureLoop thread = new CaptureLoop(next, device, label, ending);
        run = Optional.of(next);
        loop = Optional.of(thread);
        thread.start();
        watch.watch(thread, bundle);
    }

    /** Forgets the run. @return its loop, which has to be asked to stop without the lock, because that calls the driver */
    Optional<CaptureLoop> detachLoop() {
        run.ifPresent(stopped -> stopped.setPassing(false));
        run = Optional.empty();
        ending = loop.or(() -> ending);
        loop = Optional.empty();
        return ending;
    }

    private static String labelOf(BoundService<CaptureDevice> bound) {
        return bound.textProperty(Target.LABEL).or(() -> bound.textProperty("component.name"))
            .orElse("capture device " + bound.serviceId());
    }
}
