package org.catseye.core.hid;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.concurrent.NamedThreads;
import org.catseye.config.BadValueException;
import org.catseye.hid.spi.HidTransport;
import org.catseye.services.BoundService;
import org.catseye.services.PerTarget;
import org.catseye.targets.Target;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One hub for each target: for the default target always, for others while a target service or a transport names them. A hub without
 * a reason stays while there are sessions of it, and is closed after the last one was given back.
 */
@Component(immediate = true, service = {})
public final class HidHubs {

    private static final Logger LOG = LoggerFactory.getLogger(HidHubs.class);

    /** The reason to keep the default target's hub. */
    private static final String ALWAYS = "always";

    private final BundleContext context;
    /** The reasons are service ids. */
    private final PerTarget<HubService> hubs =
        new PerTarget<>(id -> new HubService(id, this::releaseUnusedSoon), service -> service.hub().hasSessions(), HubService::shutDown);
    /** By the service id of a transport. */
    private final Map<Long, Assignment> assignments = new ConcurrentHashMap<>();

    /** Which target's hub has which device: the transport, or what takes its place. */
    private record Assignment(String target, HidTransport device, int ranking) {

        boolean hasSamePlace(Assignment other) {
            return other != null && target.equals(other.target) && device.equals(other.device);
        }
    }

    @Activate
    public HidHubs(BundleContext context) {
        this.context = context;
    }

    @Activate
    void start() {
        keepHub(Target.DEFAULT, ALWAYS);
    }

    @Deactivate
    void stop() {
        hubs.close();
        assignments.clear();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "updateTransport")
    void bindTransport(HidTransport transport, Map<String, Object> properties) {
        BoundService<HidTransport> bound = new BoundService<>(transport, properties);
        Assignment assignment = assign(bound);
        keepHub(assignment.target(), bound.serviceId()).ifPresent(service -> {
            assignments.put(bound.serviceId(), assignment);
            service.hub().addDevice(assignment.device(), labelOf(bound), bound.serviceId(), assignment.ranking());
        });
    }

    void updateTransport(HidTransport transport, Map<String, Object> properties) {
        BoundService<HidTransport> bound = new BoundService<>(transport, properties);
        Assignment before = assignments.get(bound.serviceId());
        Assignment next = assign(bound);
        Optional<HubService> service = hubs.find(next.target()).filter(hub -> next.hasSamePlace(before));
        if (service.isPresent()) {
            assignments.put(bound.serviceId(), next);
            service.get().hub().changeRanking(next.device(), bound.serviceId(), next.ranking());
        } else {
            unbindTransport(transport, properties);
            bindTransport(transport, properties);
        }
    }

    void unbindTransport(HidTransport transport, Map<String, Object> properties) {
        long id = BoundService.serviceIdOf(properties);
        Assignment assignment = assignments.remove(id);
        if (assignment != null) {
            hubs.find(assignment.target()).ifPresent(service -> service.hub().removeDevice(assignment.device(), id));
        }
        hubs.withdraw(id);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "bindTarget")
    void bindTarget(Target target, Map<String, Object> properties) {
        BoundService<Target> bound = new BoundService<>(target, properties);
        try {
            keepHub(bound.targetId(), bound.serviceId()).ifPresent(service -> service.hub().usePointerArea(target::pointerArea));
        } catch (BadValueException e) {
            LOG.error("{}; the target gets no keyboard hub", e.getMessage());
            hubs.withdraw(bound.serviceId());
        }
    }

    void unbindTarget(Target target, Map<String, Object> properties) {
        hubs.withdraw(BoundService.serviceIdOf(properties));
    }

    /** On a thread of its own: the framework is in the middle of giving back a session. */
    private void releaseUnusedSoon() {
        NamedThreads.newDaemonThread(hubs::releaseUnused, "hid-unused").start();
    }

    /** The hub of a target, created and registered if necessary; empty after the stop. */
    private Optional<HubService> keepHub(String target, Object reason) {
        Optional<HubService> service = hubs.keep(target, reason);
        service.ifPresent(hub -> hub.register(context));
        return service;
    }

    /** A device whose target id is invalid serves no target; the default target's hub shows the mistake unless it has a better device. */
    private static Assignment assign(BoundService<HidTransport> bound) {
        try {
            return new Assignment(bound.targetId(), bound.service(), bound.ranking());
        } catch (BadValueException e) {
            LOG.error("{}; the device serves no target", e.getMessage());
            return new Assignment(Target.DEFAULT, new InvalidTargetTransport(e), Integer.MIN_VALUE);
        }
    }

    private static String labelOf(BoundService<?> bound) {
        return bound.textProperty(Target.LABEL).orElse("keyboard output " + bound.serviceId());
    }
}
