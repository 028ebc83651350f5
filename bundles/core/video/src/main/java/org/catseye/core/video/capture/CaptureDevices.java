package org.catseye.core.video.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * better one publishes a key frame or has had a source for two seconds. Thread-safe.
 */
public final class CaptureDevices implements Source {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureDevices.class);

    private final Hub hub;
    private final DelayTimer timer;
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

    public CaptureDevices(Hub hub, DelayTimer timer) {
        this.hub = hub;
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
            List<Candidate> next = bestFirst.stream()
                .map(bound -> before.stream().filter(known -> known.isFor(bound)).findFirst().orElseGet(() -> new Candidate(bound))).toList();
            before.stream().filter(known -> !next.contains(known)).forEach(gone -> gone.detachLoop().ifPresent(removed::add));
            candidates = next;
        }
        removed.forEach(CaptureLoop::stop);
        update();
        if (candidates.size() > 1) {
            LOG.info("{}: the capture devices, best first: {}", hub.target(),
                candidates.stream().map(Candidate::label).collect(Collectors.joining(", ")));
        }
    }

    /** Stops all devices. */
    public void close() {
        replaceDevices(List.of());
    }

    public boolean isEmpty() {
        return candidates.isEmpty();
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
            } else if (betterAbsent && candidate.run().isEmpty()) {
                candidate.start(hub, reports);
            }
            betterPresent |= candidate.presence() == State.PRESENT;
            betterAbsent &= candidate.presence() == State.ABSENT;
        }
        return stopped;
    }

    /** Under the lock: the best with a source; else the best that may still get one; else the best. */
    private Optional<Candidate> findBest() {
        return candidates.stream().filter(candidate -> candidate.presence() == State.PRESENT).findFirst()
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
        if (!best.equals(before) && best.isPresent() && candidates.size() > 1) {
            LOG.info("{}: {} is used", hub.target(), best.get().label());
        }
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
