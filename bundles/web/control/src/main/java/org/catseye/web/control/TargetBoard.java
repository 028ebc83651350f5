package org.catseye.web.control;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.catseye.access.Audit;
import org.catseye.hid.HidListener;
import org.catseye.hid.HidSession;
import org.catseye.hid.HidState;
import org.catseye.hid.Leds;
import org.catseye.targets.Target;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.web.control.HandsSource.Hands;
import org.catseye.web.control.StateView.Figures;
import org.catseye.web.control.StateView.Video;
import org.osgi.service.component.ComponentServiceObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one target, and who looks at it. While somebody does, the board holds one session of the keyboard hub that
 * holds no key: an ear for state and lights, also on behalf of those who may only look.
 */
final class TargetBoard implements HidListener {

    private static final Logger LOG = LoggerFactory.getLogger(TargetBoard.class);

    private final String id;
    private final Ranked<HandsSource> sources = new Ranked<>();
    private final Ranked<VideoHub> videos = new Ranked<>();
    private final Ranked<Target> targets = new Ranked<>();
    private final Audit audit;
    private final Lease lease;
    private final Pace pace = new Pace();
    private final Set<ControlEnd> ends = new CopyOnWriteArraySet<>();
    /** Of who has just left: the record comes after. */
    private final Map<String, String> addresses = new ConcurrentHashMap<>();
    /** Guards changes of {@link #ear}. What listeners need is never waited for under it. */
    private final Object listening = new Object();
    private volatile Optional<Hands> ear = Optional.empty();

    TargetBoard(String id, Lease.Rules rules, Audit audit) {
        this.id = id;
        this.audit = audit;
        lease = new Lease(rules);
    }

    // Viewers.

    void add(ControlEnd end) {
        ends.add(end);
    }

    /** Who logged out has left; who only lost the connection may come again. */
    void remove(ControlEnd end, long now) {
        ends.remove(end);
        addresses.put(end.user(), end.address());
        if (end.isLoggedIn() && ends.stream().noneMatch(other -> other.user().equals(end.user()))) {
            lease.left(end.user(), now);
        }
        addresses.keySet().removeIf(user -> !user.equals(lease.holder()) && !user.equals(end.user()));
    }

    /** How many other users look on. */
    int others(String user) {
        return (int) ends.stream().map(ControlEnd::user).filter(other -> !other.equals(user)).distinct().count();
    }

    boolean isWatched() {
        return !ends.isEmpty();
    }

    boolean isEmpty() {
        return ends.isEmpty() && lease.holder().isEmpty() && sources.isEmpty() && videos.isEmpty() && targets.isEmpty();
    }

    // Who is in control.

    Lease lease() {
        return lease;
    }

    /** How often a user changes who that is. */
    Pace pace() {
        return pace;
    }

    /** Somebody left, or lost a right, or did not answer. */
    void settle(long now) {
        Set<String> present = ends.stream().filter(ControlEnd::mayControl).map(ControlEnd::user).collect(Collectors.toSet());
        follow(lease.settle(present, now));
    }

    /** The lease changed: who lost it lets go of all keys, and everybody knows. */
    void follow(Lease.Outcome outcome) {
        if (outcome.answer() == Lease.Answer.NOTHING) {
            return;
        }
        record(outcome);
        ends.stream().filter(end -> !lease.allows(end.user())).forEach(ControlEnd::letGo);
        ends.stream().filter(end -> end.user().equals(outcome.user())).forEach(end -> end.answered(outcome.answer()));
        tell();
    }

    private void record(Lease.Outcome outcome) {
        if (outcome.answer() != Lease.Answer.HELD) {
            return;
        }
        if (!outcome.former().isEmpty()) {
            audit.record("control.released", outcome.former(), address(outcome.former()), Map.of("target", id, "why", outcome.why()));
        }
        if (!outcome.user().isEmpty()) {
            audit.record("control.taken", outcome.user(), address(outcome.user()), Map.of("target", id));
        }
    }

    /** Where somebody is, or was last. */
    private String address(String user) {
        return ends.stream().filter(end -> end.user().equals(user)).map(ControlEnd::address).findFirst().orElse(addresses.getOrDefault(user, ""));
    }

    // Services.

    void add(ComponentServiceObjects<HidSession> objects, Map<String, Object> properties) {
        sources.add(properties, new HandsSource(objects));
    }

    void add(VideoHub video, Map<String, Object> properties) {
        videos.add(properties, video);
    }

    void add(Target target, Map<String, Object> properties) {
        targets.add(properties, target);
    }

    /** A service of this id, if it is one of ours, goes. What was taken of it is given back by {@link #update}. */
    void remove(long serviceId) {
        sources.remove(serviceId);
        videos.remove(serviceId);
        targets.remove(serviceId);
    }

    /** After any change: everybody's sessions come from the best hub that there is, and everybody knows. */
    void update() {
        synchronized (listening) {
            Optional<HandsSource> wanted = sources.best().filter(source -> isWatched());
            if (!ear.map(Hands::source).equals(wanted)) {
                Optional<Hands> old = ear;
                ear = Optional.empty();
                old.ifPresent(Hands::giveBack);
                ear = wanted.flatMap(HandsSource::take);
                ear.ifPresent(hands -> hands.session().setListener(this));
            }
        }
        ends.forEach(ControlEnd::follow);
        tell();
    }

    /** Regularly: what nobody calls about. */
    void tick(long now) {
        if (ear.isEmpty() && isWatched() && sources.best().isPresent()) {
            update();
        }
        settle(now);
        ends.forEach(ControlEnd::tick);
    }

    // What hubs say.

    @Override
    public void onLedsChanged(Leds leds) {
        tell();
    }

    @Override
    public void onStateChanged(HidState state) {
        tell();
    }

    // What viewers ask for.

    String id() {
        return id;
    }

    Optional<HandsSource> source() {
        return sources.best();
    }

    String label() {
        return ask(targets, Target::label).orElse(id);
    }

    Leds leds() {
        return ear.map(hands -> hands.session().currentLeds()).orElse(Leds.UNKNOWN);
    }

    HidState hid() {
        return ear.map(hands -> hands.session().currentState()).orElseGet(() -> new HidState(HidState.Condition.ABSENT,
            sources.known() ? "the keyboard hub is being replaced; keys go nowhere until it is back"
                : "no keyboard hub serves this target: its bundle is not started", Set.of()));
    }

    /** The state of the picture as its hub has it; empty without a hub. Asking does not make us a viewer. */
    Optional<VideoState> videoState() {
        return ask(videos, VideoHub::currentState);
    }

    Video video(Optional<VideoState> state) {
        return state.map(known -> new Video(known.condition(), known.reason(), known.stale(),
                known.format().map(format -> format.width()).orElse(0), known.format().map(format -> format.height()).orElse(0),
                known.format().map(format -> format.codec().name()).orElse(""),
                known.incoming().picture()))
            .orElseGet(() -> new Video(VideoState.Condition.NO_DEVICE,
                videos.known() ? "the video hub is being replaced" : "no video hub serves this target: its bundle is not started", false, 0, 0, "", Optional.empty()));
    }

    Figures figures(Optional<VideoState> state) {
        return state.map(Figures::of).orElse(Figures.NONE);
    }

    /** A service that is being torn out counts as gone. */
    private static <S, T> Optional<T> ask(Ranked<S> services, Function<S, T> question) {
        try {
            return services.best().map(question);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("A service failed to answer.", e);
            return Optional.empty();
        }
    }

    private void tell() {
        ends.forEach(ControlEnd::tell);
    }
}
