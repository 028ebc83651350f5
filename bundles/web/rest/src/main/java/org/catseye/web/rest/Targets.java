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
import org.catseye.targets.Target;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferenceScope;

/** What there is to say of each target, from whichever hubs are there now. Thread-safe. */
@Component(service = Targets.class)
public final class Targets {

    private static final VideoState NO_VIDEO = new VideoState(VideoState.Condition.NO_DEVICE,
            "Nothing serves the picture of this target just now.", Optional.empty(), 0, 0, 0, 0);
    private static final HidState NO_HID = new HidState(HidState.Condition.ABSENT, "Nothing serves keyboard and mouse of this target just now.", Set.of());

    private final AccessControl access;
    private final ByTarget<Target> targets = new ByTarget<>();
    private final ByTarget<VideoHub> hubs = new ByTarget<>();
    private final ByTarget<ComponentServiceObjects<HidSession>> hands = new ByTarget<>();

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
    void addHands(ServiceReference<HidSession> reference, ComponentServiceObjects<HidSession> factory) {
        hands.add(reference, factory);
    }

    void removeHands(ServiceReference<HidSession> reference) {
        hands.remove(reference);
    }

    /** Every target that anything serves, in the order of their ids. */
    List<View> all() {
        Set<String> ids = new TreeSet<>(targets.targets());
        ids.addAll(hubs.targets());
        ids.addAll(hands.targets());
        return ids.stream().map(this::view).toList();
    }

    /** Those that the session may see. */
    public List<View> visible(Session session) {
        return all().stream().filter(view -> access.hasPermission(session, Permission.VIEW, view.id())).toList();
    }

    /** Whether anything serves it. */
    boolean known(String id) {
        return targets.find(id).isPresent() || hubs.find(id).isPresent() || hands.find(id).isPresent();
    }

    /** What is wrong with the configuration of the target's capture device; empty if nothing is. */
    Optional<String> wrongSetting(String id) {
        return hubs.find(id).map(VideoHub::currentState).filter(state -> state.condition() == VideoState.Condition.MISCONFIGURED).map(VideoState::reason);
    }

    public boolean hasVideo(String id) {
        return hubs.find(id).isPresent();
    }

    /** Whether the session may do this with at least one target. */
    public boolean somewhere(Session session, Permission permission) {
        return access.hasPermission(session, permission, Target.DEFAULT) || all().stream().anyMatch(view -> access.hasPermission(session, permission, view.id()));
    }

    private View view(String id) {
        return new View(id, targets.find(id).map(Target::label).orElse(id), hubs.find(id).map(VideoHub::currentState).orElse(NO_VIDEO), hid(id));
    }

    private HidState hid(String id) {
        ComponentServiceObjects<HidSession> factory = hands.find(id).orElse(null);
        HidSession session = factory == null ? null : service(factory);
        if (session == null) {
            return NO_HID;
        }
        try {
            return session.currentState();
        } finally {
            factory.ungetService(session);
        }
    }

    /** Null if it is just going: between its unregistering and our unbinding lies a moment. */
    private static HidSession service(ComponentServiceObjects<HidSession> factory) {
        try {
            return factory.getService();
        } catch (IllegalStateException e) {
            return null;
        }
    }

    /** One target as it is now. */
    public record View(String id, String label, VideoState video, HidState hid) {
    }
}
