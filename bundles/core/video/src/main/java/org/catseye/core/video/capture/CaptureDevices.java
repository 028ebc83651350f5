package org.catseye.core.video.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.catseye.core.video.capture.SourcePresence.State;
import org.catseye.core.video.hub.Hub;
import org.catseye.core.video.hub.Source;
import org.catseye.services.BoundService;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.spi.CaptureDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The capture devices of one target. The best by ranking that has a source is shown ({@link SourcePresence}).
 *
 * <p>A device is started when all better ones have no source, and stopped when a better one has. So while the best device has a
 * source it runs alone: nothing else costs time or holds hardware. While it has none it goes on waiting for its source, which is how
 * its return is noticed, and the next one runs beside it. If both find the same piece of hardware, the better one has it for good: its
 * failure to open it is no NO_DEVICE, so the other one is stopped, and the next attempt succeeds. Viewers see the old device until the
 * better one publishes a key frame or has had a source for two seconds.
 *
 * <p>If the device that is shown is removed, its place is kept for {@value #REPLACEMENT_SECONDS} s, because its driver is usually only
 * being updated or configured: the last picture stands still, and no lower device is started. Thread-safe.
 */
public final class CaptureDevices implements Source {

    /** How long the last picture of a removed device stays before the next device takes over. */
    static final int REPLACEMENT_SECONDS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(CaptureDevices.class);

    private final Hub hub;
    private final DelayTimer timer;
    private final CaptureWatch watch;
    private final DeviceRun.Listener reports = new Reports();
    /** Guards the candidates with their runs, {@link #selected}, and changes of {@link #candidates} and {@link #display}. */
    private final Object lock = new Object();
    /** The best first; unmodifiable. */
    private volatile List<Candidate> candidates = List.of();
    private volatile Optional<Candidate> selected = Optional.empty();
    /** What the state has to show; empty while the frames of the selected device are shown. */
    private volatile Optional<Display> display = Optional.empty();

    /** A condition on its way to the hub; compared by identity to find out whether it is still the newest. */
    private record Display(DeviceRun run, Condition condition, String reason) {
    }

    public CaptureDevices(Hub hub, DelayTimer timer, CaptureWatch watch) {
        this.hub = hub;
        this.watch = watch;
        this.timer = timer;
    }

    /**
     * Takes over the current devices of the target. Returns when those that are no longer among them have stopped, after three seconds
     * at most for each. One call at a time.
     *
     * @param bestFirst the services in the order of their ranking
     */
    public void replaceDevices(List<BoundService<CaptureDevice>> bestFirst) {
        List<CaptureLoop> removed = new ArrayList<>();
        synchronized (lock) {
            List<Candidate> before = candidates;
            List<Candidate> next = bestFirst.stream().map(bound -> findKnown(before, bound).orElseGet(() -> new Candidate(bound))).toList();
            before.stream().filter(known -> !next.contains(known) && !known.isRemoved()).forEach(gone -> gone.detachLoop().ifPresent(removed::add));
            candidates = keepPlaceOfRemoved(before, next);
        }
        removed.forEach(CaptureLoop::stop);
        update();
        if (bestFirst.size() > 1) {
            LOG.info("{}: the capture devices, best first: {}", hub.target(),
                candidates.stream().filter(candidate -> !candidate.isRemoved()).map(Candidate::label).collect(Collectors.joining(", ")));
        }
    }

    /** Under the lock: the devices, and among them the place of the one that was shown if nothing has taken its place. */
    private List<Candidate> keepPlaceOfRemoved(List<Candidate> before, List<Candidate> next) {
        Optional<Candidate> kept = selected.filter(before::contains).filter(used -> !next.contains(used));
        if (kept.isEmpty() || next.isEmpty() || next.stream().anyMatch(other -> other.replaces(kept.get(), !before.contains(other)))) {
            return next;
        }
        Candidate place = kept.get();
        if (!place.isRemoved()) {
            place.markRemoved();
            timer.runLater(() -> dropPlace(place), TimeUnit.SECONDS.toNanos(REPLACEMENT_SECONDS));
        }
        List<Candidate> withPlace = new ArrayList<>(next);
        withPlace.add((int) next.stream().filter(other -> other.isBetterThan(place)).count(), place);
        return List.copyOf(withPlace);
    }

    /** Under the lock. */
    private static Optional<Candidate> findKnown(List<Candidate> before, BoundService<CaptureDevice> bound) {
        Optional<Candidate> found = before.stream().filter(known -> known.isFor(bound)).findFirst();
        found.ifPresent(known -> known.updateRanking(bound));
        return found;
    }

    private void dropPlace(Candidate place) {
        synchronized (lock) {
            candidates = candidates.stream().filter(candidate -> candidate != place).toList();
        }
        update();
    }

    /** Stops all devices. */
    public void close() {
        replaceDevices(List.of());
    }

    public boolean isEmpty() {
        return candidates.isEmpty();
    }

    /** The device that is used now; empty while there is none, or while one is being replaced. */
    public Optional<UsedDevice> usedDevice() {
        synchronized (lock) {
            return selected.filter(candidate -> !candidate.isRemoved()).map(Candidate::asUsed);
        }
    }

    /** Which device is used and why the others are not, as sentences for the user; empty if there are not several. */
    public Optional<String> describeChoice() {
        synchronized (lock) {
            List<Candidate> present = candidates.stream().filter(candidate -> !candidate.isRemoved()).toList();
            Optional<Candidate> used = selected.filter(present::contains);
            if (present.size() < 2 || used.isEmpty()) {
                return Optional.empty();
            }
            String others = present.stream().filter(other -> other != used.get()).map(other -> other.describeWaiting(used.get())).collect(Collectors.joining(" "));
            return Optional.of(used.get().label() + " is used. " + others);
        }
    }

    @Override
    public void wakeDriver() {
        candidates.forEach(candidate -> candidate.loop().ifPresent(CaptureLoop::wakeDriver));
    }

    @Override
    public void requestKeyFrame() {
        selected.flatMap(Candidate::loop).ifPresent(CaptureLoop::requestKeyFrame);
    }

    /** Starts, stops and selects devices by what is known about their sources. */
    private void update() {
        List<CaptureLoop> stopped;
        synchronized (lock) {
            stopped = startAndDetach();
            select(findBest());
            describeSelected();
        }
        stopped.forEach(CaptureLoop::requestStop);
        showDisplay();
        showReplacement();
    }

    /** Under the lock. @return loops that have to be asked to stop */
    private List<CaptureLoop> startAndDetach() {
        List<CaptureLoop> stopped = new ArrayList<>();
        boolean betterPresent = false;
        boolean betterAbsent = true;
        for (Candidate candidate : candidates) {
            if (betterPresent) {
                if (candidate.run().isPresent()) {
                    candidate.detachLoop().ifPresent(stopped::add);
                }
            } else if (betterAbsent && candidate.run().isEmpty() && !candidate.isRemoved()) {
                candidate.start(hub, reports, watch);
            }
            betterPresent |= candidate.presence() == State.PRESENT;
            betterAbsent &= candidate.presence() == State.ABSENT;
        }
        return stopped;
    }

    /** Under the lock: the best with a source; else the place of a removed one; else the best that may still get one; else the best. */
    private Optional<Candidate> findBest() {
        return candidates.stream().filter(candidate -> candidate.presence() == State.PRESENT).findFirst()
            .or(() -> candidates.stream().filter(Candidate::isRemoved).findFirst())
            .or(() -> candidates.stream().filter(Candidate::isUnsettled).findFirst())
            .or(() -> candidates.stream().findFirst());
    }

    /** Under the lock. */
    private void select(Optional<Candidate> best) {
        Optional<Candidate> before = selected;
        selected = best;
        hub.selectInput(best.flatMap(Candidate::run).map(run -> run.input).orElse(null), explainSelection(best),
            best.flatMap(Candidate::run).map(run -> run.incoming).orElse(IncomingSignal.UNKNOWN));
        candidates.forEach(candidate -> candidate.run().ifPresent(run -> run.setPassing(best.get() == candidate && run.report == null)));
        if (!best.equals(before) && best.isPresent() && !best.get().isRemoved() && candidates.size() > 1) {
            LOG.info("{}: {} is used", hub.target(), best.get().label());
        }
    }

    /** Under the lock: the one that takes over if a removed device does not come back. */
    private String describeReplacement(Candidate place) {
        return place.label() + " is being replaced; the picture stands still. If it does not come back within " + REPLACEMENT_SECONDS + " s, "
            + candidates.stream().filter(candidate -> candidate != place).findFirst().map(Candidate::label).orElse("another device") + " is used.";
    }

    /** Under the lock: which device is used instead of the best; empty if the best is. */
    private String explainSelection(Optional<Candidate> used) {
        if (used.isEmpty() || used.get() == candidates.get(0) || candidates.get(0).presence() != State.ABSENT) {
            return "";
        }
        return "The picture is live and comes from " + used.get().label() + ", because " + candidates.get(0).label() + " has no source.";
    }

    /** Under the lock. */
    private void describeSelected() {
        display = selected.flatMap(Candidate::run).filter(run -> run.report != null)
            .map(run -> new Display(run, run.report.condition(), describeReport(run.report)));
    }

    /** Under the lock: if no device has a source, each is named with its reason, as the user may have meant any of them. */
    private String describeReport(DeviceRun.Report report) {
        if (report.condition() != Condition.NO_DEVICE || candidates.size() == 1) {
            return report.reason();
        }
        return candidates.stream().flatMap(candidate -> candidate.run().stream())
            .filter(run -> run.report != null && run.report.condition() == Condition.NO_DEVICE)
            .map(run -> run.label + ": " + run.report.reason()).collect(Collectors.joining(" "));
    }

    /** Not under the lock, because viewers are notified. */
    private void showReplacement() {
        String reason;
        synchronized (lock) {
            reason = selected.filter(Candidate::isRemoved).map(this::describeReplacement).orElse("");
        }
        if (!reason.isEmpty()) {
            hub.holdPicture(reason);
        }
    }

    /** Not under the lock, because viewers are notified. */
    private void showDisplay() {
        display.ifPresent(next -> next.run().input.showCondition(next.condition(), next.reason(),
            () -> display.filter(newest -> newest == next).isPresent()));
    }

    /** Under the lock: empty if the device was stopped or removed. */
    private Optional<Candidate> findCandidate(DeviceRun run) {
        return candidates.stream().filter(candidate -> candidate.isRunning(run)).findFirst();
    }

    private boolean isSelected(DeviceRun run) {
        synchronized (lock) {
            return selected.filter(used -> used.isRunning(run)).isPresent();
        }
    }

    /** Under the lock: has the presence checked when a change has lasted long enough. */
    private void scheduleCheck(DeviceRun run) {
        long delay = run.presence.settle(timer.currentNanos());
        if (delay > 0 && !run.checkScheduled) {
            run.checkScheduled = true;
            timer.runLater(() -> checkPresence(run), delay);
        }
    }

    private void checkPresence(DeviceRun run) {
        synchronized (lock) {
            run.checkScheduled = false;
            if (findCandidate(run).isEmpty()) {
                return;
            }
            scheduleCheck(run);
        }
        update();
    }

    /** What the devices report, each on its capture thread. */
    private final class Reports implements DeviceRun.Listener {

        @Override
        public boolean acceptFrame(DeviceRun run, boolean keyFrame) {
            Optional<CaptureLoop> keyFrameNeeded = Optional.empty();
            synchronized (lock) {
                if (keyFrame || isSelected(run)) {
                    run.presence.noteFrame();
                    run.report = null;
                } else {
                    // A viewer's decoder cannot go on from another device's frames.
                    keyFrameNeeded = findCandidate(run).flatMap(Candidate::loop);
                }
            }
            keyFrameNeeded.ifPresent(CaptureLoop::requestKeyFrame);
            update();
            return isSelected(run);
        }

        @Override
        public void reportCondition(DeviceRun run, Condition condition, String reason) {
            synchronized (lock) {
                if (findCandidate(run).isEmpty()) {
                    return;
                }
                run.report = new DeviceRun.Report(condition, reason);
                run.presence.noteCondition(condition, timer.currentNanos());
                scheduleCheck(run);
            }
            update();
        }

        @Override
        public void reportIncomingSignal(DeviceRun run, IncomingSignal incoming) {
            synchronized (lock) {
                run.incoming = incoming;
            }
            run.input.setIncomingSignal(incoming);
        }
    }
}
