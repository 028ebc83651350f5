package org.catseye.services;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.ServiceReference;

/**
 * The services of one kind, the one to be used first. Made for bind and unbind methods: a better service may be bound before the worse
 * one is unbound, and an unbind removes nothing but that very service, which its {@code service.id} identifies. The same object may be
 * registered twice. Thread-safe; reading takes no lock.
 */
public final class RankedServices<S> {

    /** Sorted and unmodifiable; replaced as a whole under this. */
    private volatile List<BoundService<S>> services = List.of();

    /** Adds a service; one that is present already gets the new object and properties, and its place by them. */
    public void add(Map<String, ?> properties, S service) {
        addService(new BoundService<>(service, Map.copyOf(properties)));
    }

    /** As {@link #add(Map, Object)}, with the reference's current properties. */
    public void add(ServiceReference<?> reference, S service) {
        addService(BoundService.fromReference(reference, service));
    }

    /** Removes the service with these properties; {@code service.id} is enough. @return what was removed */
    public Optional<BoundService<S>> remove(Map<String, ?> properties) {
        return removeService(BoundService.serviceIdOf(properties));
    }

    /** As {@link #remove(Map)}; the service may be unregistered already. */
    public Optional<BoundService<S>> remove(ServiceReference<?> reference) {
        return removeService(BoundService.serviceIdOf(reference));
    }

    /** The service to be used. */
    public Optional<S> findBest() {
        List<BoundService<S>> current = services;
        return current.isEmpty() ? Optional.empty() : Optional.of(current.get(0).service());
    }

    /** The service to be used of those whose property has this value: channel handlers by name, configuration checks by PID. */
    public Optional<S> findBest(String property, Object value) {
        return services.stream().filter(bound -> value.equals(bound.properties().get(property))).map(BoundService::service).findFirst();
    }

    /** All services, the best first; unmodifiable, and not changed by later calls. */
    public List<BoundService<S>> listServices() {
        return services;
    }

    public boolean isEmpty() {
        return services.isEmpty();
    }

    synchronized void addService(BoundService<S> added) {
        List<BoundService<S>> changed = new ArrayList<>(services);
        changed.removeIf(bound -> bound.serviceId() == added.serviceId());
        changed.add(added);
        Collections.sort(changed);
        services = Collections.unmodifiableList(changed);
    }

    synchronized Optional<BoundService<S>> removeService(long serviceId) {
        Optional<BoundService<S>> removed = services.stream().filter(bound -> bound.serviceId() == serviceId).findFirst();
        if (removed.isPresent()) {
            services = services.stream().filter(bound -> bound.serviceId() != serviceId).toList();
        }
        return removed;
    }
}
