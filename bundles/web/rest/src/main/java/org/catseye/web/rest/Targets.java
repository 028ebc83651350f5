package org.catseye.web.rest;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.catseye.access.AccessControl;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.hid.HidSession;
import org.catseye.hid.HidState;
import org.catseye.services.ByTarget;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.video.VideoStatistics;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferenceScope;

/** The state of each target, as its current hubs report it. Thread-safe. */
@Component(service = Targets.class)
public final class Targets {

    private static final VideoState NO_VIDEO = new VideoState(VideoState.Condition.NO_DEVICE,
            "No video hub currently serves this target.", Optional.empty(), 0, 0, 0, 0);
    private static final HidState NO_HID = new HidState(HidState.Condition.ABSENT, "No hub currently serves the keyboard and mouse of this target.", Set.of());

    private final AccessControl access;
    private final ByTarget<Target> targets = new ByTarget<>();
    private final ByTarget<VideoHub> hubs = new ByTarget<>();
    private final ByTarget<ComponentServiceObjects<HidSession>> inputs = new ByTarget<>();
    /** By reference only: checks are not instantiated here. */
    private final ByTarget<ServiceReference<SelfCheck>> checks = new ByTarget<>();

    @Activate
    public Targets(@Reference AccessControl access) {
        this.access = access;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTarget(ServiceReference<Target> reference, Target target) {
        targets.add(reference, target);
    }

    void removeTarget(ServiceReference<Target> reference) {
        targets.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addHub(ServiceReference<VideoHub> reference, VideoHub hub) {
        hubs.add(reference, hub);
    }

    void removeHub(ServiceReference<VideoHub> reference) {
        hubs.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, scope = ReferenceScope.PROTOTYPE_REQUIRED)
    void addInput(ServiceReference<HidSession> reference, ComponentServiceObjects<HidSession> factory) {
        inputs.add(reference, factory);
    }

    void removeInput(ServiceReference<HidSession> reference) {
        inputs.remove(reference);
    }

    @Reference(service = SelfCheck.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addCheck(ServiceReference<SelfCheck> reference) {
        checks.add(reference, reference);
    }

    void removeCheck(ServiceReference<SelfCheck> reference) {
        checks.remove(reference);
    }

    /** All targets, in the order of their ids. While the bundle that lists them is being replaced, those that have a hub. */
    List<View> listAll() {
        Set<String> ids = new TreeSet<>(targets.listTargets());
        if (ids.isEmpty()) {
            ids.addAll(hubs.listTargets());
            ids.addAll(inputs.listTargets());
        }
        return ids.stream().map(this::view).toList();
    }

    /** The targets that the session may view. */
    public List<View> visible(Session session) {
        return listAll().stream().filter(view -> access.hasPermission(session, Permission.VIEW, view.id())).toList();
    }

    /** Whether any service belongs to this target. */
    public boolean isKnown(String id) {
        return targets.findBest(id).isPresent() || hubs.findBest(id).isPresent() || inputs.findBest(id).isPresent()
                || checks.findBest(id).isPresent();
    }

    /** The mistake in the configuration of the target's capture device, as a message; empty if there is none. */
    public Optional<String> wrongSetting(String id) {
        return hubs.findBest(id).map(VideoHub::currentState).filter(state -> state.condition() == VideoState.Condition.MISCONFIGURED).map(VideoState::reason);
    }

    public boolean hasVideo(String id) {
        return hubs.findBest(id).isPresent();
    }

    /** Whether the session has this right on at least one target. */
    public boolean somewhere(Session session, Permission permission) {
        return access.hasPermission(session, permission, Target.DEFAULT) || listAll().stream().anyMatch(view -> access.hasPermission(session, permission, view.id()));
    }

    private View view(String id) {
        return new View(id, targets.findBest(id).map(Target::label).orElse(id), hubs.findBest(id).map(VideoHub::currentState).orElse(NO_VIDEO),
            hubs.findBest(id).map(VideoHub::currentStatistics).orElse(VideoStatistics.NONE), hid(id));
    }

    private HidState hid(String id) {
        ComponentServiceObjects<HidSession> factory = inputs.findBest(id).orElse(null);
        HidSession session = factory == null ? null : getService(factory);
        if (session == null) {
            return NO_HID;
        }
        try {
            return session.currentState();
        } finally {
            factory.ungetService(session);
        }
    }

    /** Null if it is being unregistered: the framework refuses it shortly before it is unbound here. */
    private static HidSession getService(ComponentServiceObjects<HidSession> factory) {
        try {
            return factory.getService();
        } catch (IllegalStateException e) {
            return null;
        }
    }

    /** The current state of one target. */
    public record View(String id, String label, VideoState video, VideoStatistics statistics, HidState hid) {
    }
}
