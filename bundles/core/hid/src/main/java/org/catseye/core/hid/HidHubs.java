package org.catseye.core.hid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.hid.spi.HidTransport;
import org.catseye.targets.Target;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One hub for each target that there is: the default one always, others while a target service or a transport names them. A hub
 * whose last reason goes is kept for those who hold sessions of it, and closed at the first change after they gave them back.
 */
@Component(immediate = true, service = {})
public final class HidHubs {

    private static final Logger LOG = LoggerFactory.getLogger(HidHubs.class);

    /** The reason for which the default target's hub exists. */
    private static final long NO_SERVICE = -1;

    private final BundleContext context;
    /** Guards all that follows. Foreign code is never called under it. */
    private final Object lock = new Object();
    private final Map<String, HubService> hubs = new HashMap<>();
    /** By the service id of a transport. */
    private final Map<Long, Served> served = new HashMap<>();
    private boolean stopped;

    /** Which target's hub has which device: the transport, or what stands in its place. */
    private record Served(String target, HidTransport device) {
    }

    @Activate
    public HidHubs(BundleContext context) {
        this.context = context;
    }

    @Activate
    void start() {
        hub(Target.DEFAULT, NO_SERVICE);
    }

    @Deactivate
    void stop() {
        List<HubService> all;
        synchronized (lock) {
            stopped = true;
            all = new ArrayList<>(hubs.values());
            hubs.clear();
            served.clear();
        }
        all.forEach(HubService::close);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "updateTransport")
    void bindTransport(HidTransport transport, Map<String, Object> properties) {
        Optional<BadValueException> mistake = mistake(properties);
        mistake.ifPresent(wrong -> LOG.error("{}; it serves no target", wrong.getMessage()));
        Served serving = mistake.isPresent() ? new Served(Target.DEFAULT, new Misplaced(mistake.get())) : new Served(target(properties), transport);
        long id = id(properties);
        HubService service = hub(serving.target(), id);
        if (service != null) {
            synchronized (lock) {
                served.put(id, serving);
            }
            service.hub.add(serving.device(), label(properties), id, mistake.isPresent() ? Integer.MIN_VALUE : ranking(properties));
        }
    }

    void updateTransport(HidTransport transport, Map<String, Object> properties) {
        long id = id(properties);
        HubService service;
        synchronized (lock) {
            boolean stays = mistake(properties).isEmpty() && new Served(target(properties), transport).equals(served.get(id));
            service = stays ? hubs.get(target(properties)) : null;
        }
        if (service == null) {
            unbindTransport(transport, properties);
            bindTransport(transport, properties);
        } else {
            service.hub.rank(transport, id, ranking(properties));
        }
    }

    void unbindTransport(HidTransport transport, Map<String, Object> properties) {
        long id = id(properties);
        Served was;
        HubService service;
        synchronized (lock) {
            was = served.remove(id);
            service = was == null ? null : hubs.get(was.target());
        }
        if (service != null) {
            service.hub.remove(was.device(), id);
        }
        leave(id);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "updateTarget")
    void bindTarget(Target target, Map<String, Object> properties) {
        hub(target(properties), id(properties));
    }

    void updateTarget(Target target, Map<String, Object> properties) {
        synchronized (lock) {
            HubService service = hubs.get(target(properties));
            if (service != null && service.reasons.contains(id(properties))) {
                return;
            }
        }
        leave(id(properties));
        bindTarget(target, properties);
    }

    void unbindTarget(Target target, Map<String, Object> properties) {
        leave(id(properties));
    }

    /** The hub of a target, made if need be, kept because of service {@code reason}; null when we have stopped. */
    private HubService hub(String target, long reason) {
        HubService service;
        synchronized (lock) {
            if (stopped) {
                return null;
            }
            service = hubs.computeIfAbsent(target, HubService::new);
            service.reasons.add(reason);
        }
        service.register(context);
        sweep();
        return service;
    }

    private void leave(long reason) {
        synchronized (lock) {
            hubs.values().forEach(service -> service.reasons.remove(reason));
        }
        sweep();
    }

    private void sweep() {
        List<HubService> idle;
        synchronized (lock) {
            idle = hubs.values().stream().filter(service -> service.reasons.isEmpty() && !service.hub.inUse()).toList();
            hubs.values().removeAll(idle);
        }
        idle.forEach(HubService::close);
    }

    /** A service without an id serves the default target: plug it in and it works. */
    private static String target(Map<String, Object> properties) {
        return properties.get(Target.ID) instanceof String id ? id : Target.DEFAULT;
    }

    /** What is wrong with the id of the target that a device is to serve. */
    private static Optional<BadValueException> mistake(Map<String, Object> properties) {
        Object id = properties.get(Target.ID);
        if (id == null || id instanceof String text && text.matches(Target.ID_PATTERN)) {
            return Optional.empty();
        }
        String pid = properties.get(Constants.SERVICE_PID) instanceof String name ? name : label(properties);
        return Optional.of(Target.invalidId(pid, id));
    }

    private static String label(Map<String, Object> properties) {
        return properties.get(Target.LABEL) instanceof String text && !text.isBlank() ? text : "keyboard output " + id(properties);
    }

    private static long id(Map<String, Object> properties) {
        return (Long) properties.get(Constants.SERVICE_ID);
    }

    private static int ranking(Map<String, Object> properties) {
        return properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }
}
