package org.catseye.web.control;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.catseye.access.AccessControl;
import org.catseye.access.Audit;
import org.catseye.config.BadValueException;
import org.catseye.hid.HidSession;
import org.catseye.media.MediaHub;
import org.catseye.options.Options;
import org.catseye.power.PowerHub;
import org.catseye.services.ByTarget;
import org.catseye.services.PerTarget;
import org.catseye.targets.Target;
import org.catseye.video.VideoHub;
import org.catseye.web.Channel;
import org.catseye.web.ChannelHandler;
import org.catseye.web.control.board.HubLookup;
import org.catseye.web.control.board.InputSource;
import org.catseye.web.control.board.TargetBoard;
import org.catseye.web.control.board.Viewer;
import org.catseye.web.control.connection.ControlConnection;
import org.catseye.web.control.lease.LeaseRules;
import org.catseye.web.control.typing.ViewerRegistry;
import org.catseye.web.resource.TargetResource;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferenceScope;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts the control sockets and texts to type, and keeps one board per target for them. Hubs may come and go meanwhile. */
@Component(service = {ChannelHandler.class, ViewerRegistry.class}, configurationPid = ControlConfig.PID,
        property = {ChannelHandler.NAME + "=control", ChannelHandler.PROTOCOL + "=catseye.control.v1", TargetResource.OPENAPI + "=/openapi/control.json"})
@Designate(ocd = ControlConfig.class)
public final class ControlHandler implements ChannelHandler, ViewerRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(ControlHandler.class);
    private static final long TICK_MILLIS = 250;

    /** A reason to keep the board of a target: it has services. */
    private record HasServices(String target) {
    }

    private final AccessControl access;
    private final LongSupplier nanoTime;
    private final PeriodicTask ticker;
    private final HubLookup hubs = new HubLookup(new ByTarget<>(this::updateBoard), new ByTarget<>(this::updateBoard),
        new ByTarget<>(this::updateBoard), new ByTarget<>(this::updateBoard), new ByTarget<>(this::updateBoard));
    private final PerTarget<TargetBoard> boards;
    /** Guards changes of {@link #viewers} together with the ticker, and the reasons to keep a board. */
    private final Object keeping = new Object();
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();

    @Activate
    public ControlHandler(Map<String, ?> properties, @Reference AccessControl access, @Reference Audit audit) {
        this(readRules(properties), access, audit, System::nanoTime, TICK_MILLIS);
    }

    ControlHandler(LeaseRules rules, AccessControl access, Audit audit, LongSupplier nanoTime, long tickMillis) {
        this.access = access;
        this.nanoTime = nanoTime;
        boards = new PerTarget<>(id -> new TargetBoard(id, hubs, rules, audit), TargetBoard::hasHolder, unused -> { });
        ticker = new PeriodicTask(this::handleTick, tickMillis);
    }

    /** Without the control socket no user could type at all, so a bad value is logged and replaced. */
    static LeaseRules readRules(Map<String, ?> properties) {
        Options options = new Options(ControlConfig.PID, properties);
        return new LeaseRules(options.readFlagOrDefault("shared", ControlConfig.DEFAULT_SHARED, LOG::error),
            Duration.ofMinutes(options.readNumberOrDefault("idleMinutes", ControlConfig.DEFAULT_IDLE_MINUTES, 0,
                ControlConfig.MAX_IDLE_MINUTES, LOG::error)),
            Duration.ofSeconds(options.readNumberOrDefault("graceSeconds", ControlConfig.DEFAULT_GRACE_SECONDS, 0,
                ControlConfig.MAX_GRACE_SECONDS, LOG::error)));
    }

    @Deactivate
    void stop() {
        ticker.stop();
        List.copyOf(viewers).forEach(Viewer::closeViewer);
    }

    @Override
    public End open(Channel channel) {
        return addViewer(channel.targetId(), (board, leave) -> new ControlConnection(channel, board, access, nanoTime, closed -> leave.run()));
    }

    @Override
    public <V extends Viewer> V addViewer(String target, ViewerFactory<V> factory) {
        V viewer;
        TargetBoard board;
        Object reason = new Object();
        synchronized (keeping) {
            board = boards.keep(target, reason).orElseThrow(() -> new IllegalStateException("boards are never closed"));
            AtomicReference<V> added = new AtomicReference<>();
            viewer = factory.createViewer(board, () -> removeViewer(added.get(), board, reason));
            added.set(viewer);
            board.addViewer(viewer);
            viewers.add(viewer);
            ticker.setActive(true);
        }
        updateAfterJoinOrLeave(board);
        return viewer;
    }

    private void removeViewer(Viewer viewer, TargetBoard board, Object reason) {
        synchronized (keeping) {
            viewers.remove(viewer);
            board.removeViewer(viewer, nanoTime.getAsLong());
            ticker.setActive(!viewers.isEmpty());
            boards.withdraw(reason);
        }
        updateAfterJoinOrLeave(board);
    }

    private void updateAfterJoinOrLeave(TargetBoard board) {
        board.settleLease(nanoTime.getAsLong());
        board.updateSessions();
    }

    /** For changes that nothing reports: frame rates, permissions, times of the lease, summaries of errors. */
    void handleTick() {
        boards.listAll().forEach(board -> board.handleTick(nanoTime.getAsLong()));
        boards.releaseUnused();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, scope = ReferenceScope.PROTOTYPE_REQUIRED)
    void bindInput(ComponentServiceObjects<HidSession> objects, Map<String, Object> properties) {
        logMistake(hubs.inputs().add(properties, new InputSource(objects)));
    }

    void unbindInput(Map<String, Object> properties) {
        hubs.inputs().remove(properties);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindVideo(VideoHub video, Map<String, Object> properties) {
        logMistake(hubs.videos().add(properties, video));
    }

    void unbindVideo(Map<String, Object> properties) {
        hubs.videos().remove(properties);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindPower(PowerHub power, Map<String, Object> properties) {
        logMistake(hubs.powers().add(properties, power));
    }

    void unbindPower(Map<String, Object> properties) {
        hubs.powers().remove(properties);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindMedia(MediaHub media, Map<String, Object> properties) {
        logMistake(hubs.media().add(properties, media));
    }

    void unbindMedia(Map<String, Object> properties) {
        hubs.media().remove(properties);
    }

    /** Called for changed properties too: the label may be a new one. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "bindTarget")
    void bindTarget(Target target, Map<String, Object> properties) {
        logMistake(hubs.targets().add(properties, target));
    }

    void unbindTarget(Map<String, Object> properties) {
        hubs.targets().remove(properties);
    }

    private static void logMistake(Optional<BadValueException> mistake) {
        mistake.ifPresent(found -> LOG.error("{}; the service is not used for control", found.getMessage()));
    }

    /** The services of a target changed. */
    private void updateBoard(String target) {
        Optional<TargetBoard> board;
        synchronized (keeping) {
            if (hubs.hasServices(target)) {
                boards.keep(target, new HasServices(target));
            }
            board = boards.find(target);
            if (!hubs.hasServices(target)) {
                boards.withdraw(new HasServices(target));
            }
        }
        board.ifPresent(TargetBoard::updateSessions);
    }
}
