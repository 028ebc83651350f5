package org.catseye.web.control.board;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.catseye.hid.HidState;
import org.catseye.media.DriveState;
import org.catseye.media.MediaHub;
import org.catseye.power.PowerHub;
import org.catseye.power.PowerState;
import org.catseye.targets.Target;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.web.control.message.StateView.Video;
import org.catseye.web.control.message.TargetEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hubs of one target and the state they report. Thread-safe; takes no lock. */
public final class TargetServices {

    private static final Logger LOG = LoggerFactory.getLogger(TargetServices.class);

    private final String id;
    private final HubLookup lookup;
    /** Whether there ever was such a hub. If there is none now, it is being replaced. */
    private volatile boolean hadInput;
    private volatile boolean hadVideo;

    TargetServices(String id, HubLookup lookup) {
        this.id = id;
        this.lookup = lookup;
    }

    /** Remembers which kinds of hubs exist; called after each change of the services. */
    void recordPresentHubs() {
        hadInput |= findInput().isPresent();
        hadVideo |= lookup.videos().findBest(id).isPresent();
    }

    public Optional<InputSource> findInput() {
        return lookup.inputs().findBest(id);
    }

    /** The target's label; its id if it has none. */
    public String readLabel() {
        return query(lookup.targets().findBest(id), Target::label).orElse(id);
    }

    /** All targets in the order of their ids; empty while their bundle is being replaced. */
    public List<TargetEntry> listTargets() {
        return lookup.targets().listTargets().stream()
            .map(other -> new TargetEntry(other, query(lookup.targets().findBest(other), Target::label).orElse(other))).toList();
    }

    /** The video hub's state; empty without a hub. The query doesn't count as a viewer. */
    public Optional<VideoState> readVideoState() {
        return query(lookup.videos().findBest(id), VideoHub::currentState);
    }

    /** Reads it without waiting for devices. */
    public PowerState readPowerState() {
        return query(lookup.powers().findBest(id), PowerHub::currentState).orElse(PowerState.ABSENT);
    }

    /** As {@link #readPowerState}; empty if the target has no drive. */
    public List<DriveState> readDrives() {
        return query(lookup.media().findBest(id), MediaHub::currentDrives).orElse(List.of());
    }

    public Video describeVideo(Optional<VideoState> state) {
        return state.map(TargetServices::describeKnownVideo).orElseGet(() -> Video.noDevice(
            hadVideo ? "the video hub is being replaced" : "no video hub serves this target: its bundle is not started"));
    }

    private static Video describeKnownVideo(VideoState state) {
        return new Video(state.condition(), state.reason(), state.stale(), state.format().map(format -> format.width()).orElse(0),
            state.format().map(format -> format.height()).orElse(0), state.format().map(format -> format.codec().name()).orElse(""),
            state.incoming().picture());
    }

    /** The state without a keyboard hub. */
    HidState describeMissingInput() {
        return new HidState(HidState.Condition.ABSENT, hadInput ? "the keyboard hub is being replaced; keys have no effect until then"
            : "no keyboard hub serves this target: its bundle is not started", Set.of());
    }

    /** Treats a service that is being stopped as absent. */
    private static <S, T> Optional<T> query(Optional<S> service, Function<S, T> query) {
        try {
            return service.map(query);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("A service failed to answer.", e);
            return Optional.empty();
        }
    }
}
