package org.catseye.web.control;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.catseye.access.AccessControl;
import org.catseye.access.Audit;
import org.catseye.config.Limits;
import org.catseye.hid.HidSession;
import org.catseye.targets.Target;
import org.catseye.video.VideoHub;
import org.catseye.web.Channel;
import org.catseye.web.ChannelHandler;
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

/** The control sockets: keys and pointer in, state and lights out. Hubs may come and go under them. */
@Component(service = ChannelHandler.class, configurationPid = ControlConfig.PID,
        property = {ChannelHandler.NAME + "=control", ChannelHandler.PROTOCOL + "=catseye.control.v1", TargetResource.OPENAPI + "=/openapi/control.json"})
@Designate(ocd = ControlConfig.class)
public final class ControlHandler implements ChannelHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ControlHandler.class);
    private static final long TICK_MILLIS = 250;

    private final Lease.Rules rules;
    private final AccessControl access;
    private final Audit audit;
    private final LongSupplier nanos;
    private final MessageReader reader = new MessageReader();
    private final Ticker ticker;
    private final Set<ControlEnd> ends = ConcurrentHashMap.newKeySet();
    /** Guards {@link #boards}, and that a board in it is not dropped while somebody joins. */
    private final Object joining = new Object();
    private final Map<String, TargetBoard> boards = new HashMap<>();

    @Activate
    public ControlHandler(ControlConfig config, @Reference AccessControl access, @Reference Audit audit) {
        this(rules(config), access, audit, System::nanoTime, TICK_MILLIS);
    }

    ControlHandler(Lease.Rules rules, AccessControl access, Audit audit, LongSupplier nanos, long tickMillis) {
        this.rules = rules;
        this.access = access;
        this.audit = audit;
        this.nanos = nanos;
        ticker = new Ticker(this::tick, tickMillis);
    }

    /** A bad value is told and the standard used: without control channel nobody could type at all. */
    private static Lease.Rules rules(ControlConfig config) {
        return new Lease.Rules(config.shared(), Duration.ofMinutes(within("idleMinutes", config::idleMinutes, 1440, 15)),
                Duration.ofSeconds(within("graceSeconds", config::graceSeconds, 300, 10)));
    }

    private static int within(String key, IntSupplier value, int most, int standard) {
        return Limits.within(ControlConfig.PID, key, value, 0, most, standard, LOG::error);
    }

    @Deactivate
    void stop() {
        ticker.stop();
        List.copyOf(ends).forEach(ControlEnd::closed);
    }

    @Override
    public End open(Channel channel) {
        ControlEnd end;
        synchronized (joining) {
            TargetBoard board = board(channel.targetId());
            end = new ControlEnd(channel, board, access, reader, nanos, this::left);
            board.add(end);
            ends.add(end);
            ticker.wanted(true);
        }
        end.board().settle(nanos.getAsLong());
        end.board().update();
        return end;
    }

    /** What nobody calls about: pictures per second, permissions, summaries. */
    void tick() {
        boards().forEach(board -> board.tick(nanos.getAsLong()));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, scope = ReferenceScope.PROTOTYPE_REQUIRED)
    void bindHands(ComponentServiceObjects<HidSession> objects, Map<String, Object> properties) {
        join(properties, board -> board.add(objects, properties));
    }

    void unbindHands(ComponentServiceObjects<HidSession> objects, Map<String, Object> properties) {
        leave(properties);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindVideo(VideoHub video, Map<String, Object> properties) {
        join(properties, board -> board.add(video, properties));
    }

    void unbindVideo(VideoHub video, Map<String, Object> properties) {
        leave(properties);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "updateTarget")
    void bindTarget(Target target, Map<String, Object> properties) {
        join(properties, board -> board.add(target, properties));
    }

    /** Its label may be another. */
    void updateTarget(Target target, Map<String, Object> properties) {
        leave(properties);
        bindTarget(target, properties);
    }

    void unbindTarget(Target target, Map<String, Object> properties) {
        leave(properties);
    }

    private void left(ControlEnd end) {
        synchronized (joining) {
            ends.remove(end);
            end.board().remove(end, nanos.getAsLong());
            ticker.wanted(!ends.isEmpty());
            boards.values().removeIf(TargetBoard::isEmpty);
        }
        end.board().settle(nanos.getAsLong());
        end.board().update();
    }

    /** Under {@link #joining}. */
    private TargetBoard board(String target) {
        return boards.computeIfAbsent(target, id -> new TargetBoard(id, rules, audit));
    }

    private void join(Map<String, Object> properties, Consumer<TargetBoard> what) {
        String target = properties.get(Target.ID) instanceof String id ? id : Target.DEFAULT;
        TargetBoard board;
        synchronized (joining) {
            board = board(target);
            what.accept(board);
        }
        board.update();
    }

    private void leave(Map<String, Object> properties) {
        List<TargetBoard> all = boards();
        all.forEach(board -> board.remove(Ranked.id(properties)));
        all.forEach(TargetBoard::update);
        synchronized (joining) {
            boards.values().removeIf(TargetBoard::isEmpty);
        }
    }

    private List<TargetBoard> boards() {
        synchronized (joining) {
            return List.copyOf(boards.values());
        }
    }
}
