package org.catseye.services;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.catseye.config.BadValueException;
import org.catseye.targets.Target;
import org.osgi.framework.ServiceReference;

/**
 * Services by the target they belong to, for each target as {@link RankedServices} orders them. A service without {@code kvm.target}
 * belongs to {@code default}. A service whose target id is invalid belongs to no target; {@link #listMistakes()} reports it.
 *
 * <p>Add and remove services in bind and unbind methods; call {@code add} again when the properties change: the service moves to the
 * target and the rank that they name. Thread-safe; reading takes no lock.
 */
public final class ByTarget<S> {

    private final Consumer<String> changeListener;
    private final Map<String, RankedServices<S>> rankings = new ConcurrentHashMap<>();
    /** Guards this map, {@link #mistakes} and every change of {@link #rankings}. By service id. */
    private final Map<Long, String> targets = new TreeMap<>();
    /** By service id, so the oldest comes first. */
    private final Map<Long, BadValueException> mistakes = new TreeMap<>();

    /** Without a listener. */
    public ByTarget() {
        this(target -> { });
    }

    /**
     * @param changeListener gets the id of each target whose services changed, and {@code default} when the mistakes changed. Called
     *     after the change, on the thread that made it and without a lock: calls may come out of order, so read the current services
     */
    public ByTarget(Consumer<String> changeListener) {
        this.changeListener = changeListener;
    }

    /**
     * Adds a service, or takes over its changed properties.
     *
     * @return what is wrong with its target id; empty if the service was added
     */
    public Optional<BadValueException> add(Map<String, ?> properties, S service) {
        return addService(new BoundService<>(service, Map.copyOf(properties)));
    }

    /** As {@link #add(Map, Object)}, with the reference's current properties. */
    public Optional<BadValueException> add(ServiceReference<?> reference, S service) {
        return addService(BoundService.fromReference(reference, service));
    }

    /** Removes the service with these properties; {@code service.id} is enough. Without effect if it is not present. */
    public void remove(Map<String, ?> properties) {
        removeService(BoundService.serviceIdOf(properties));
    }

    /** As {@link #remove(Map)}; the service may be unregistered already. */
    public void remove(ServiceReference<?> reference) {
        removeService(BoundService.serviceIdOf(reference));
    }

    /** The service to be used for a target. */
    public Optional<S> findBest(String target) {
        RankedServices<S> ranking = rankings.get(target);
        return ranking == null ? Optional.empty() : ranking.findBest();
    }

    /** All services of a target, the best first; unmodifiable. Sort by {@link BoundService#serviceId()} for the order of arrival. */
    public List<BoundService<S>> listServices(String target) {
        RankedServices<S> ranking = rankings.get(target);
        return ranking == null ? List.of() : ranking.listServices();
    }

    /** The target that a service belongs to; empty if it is not present or its target id is invalid. */
    public Optional<String> findTarget(long serviceId) {
        synchronized (targets) {
            return Optional.ofNullable(targets.get(serviceId));
        }
    }

    /** The targets that have a service, in the order of their ids; a copy. */
    public Set<String> listTargets() {
        return new TreeSet<>(rankings.keySet());
    }

    /** What is wrong with services that belong to no target, the oldest service first; a copy. */
    public List<BadValueException> listMistakes() {
        synchronized (targets) {
            return List.copyOf(mistakes.values());
        }
    }

    private Optional<BadValueException> addService(BoundService<S> added) {
        List<String> changed = new ArrayList<>();
        Optional<BadValueException> mistake = Optional.empty();
        synchronized (targets) {
            String target = null;
            try {
                target = added.targetId();
            } catch (BadValueException e) {
                mistake = Optional.of(e);
            }
            if (target == null || !target.equals(targets.get(added.serviceId()))) {
                changed.addAll(forget(added.serviceId()));
            } else {
                mistakes.remove(added.serviceId());
            }
            if (target == null) {
                mistakes.put(added.serviceId(), mistake.get());
                changed.add(Target.DEFAULT);
            } else {
                targets.put(added.serviceId(), target);
                rankings.computeIfAbsent(target, id -> new RankedServices<>()).addService(added);
                changed.add(target);
            }
        }
        changed.stream().distinct().forEach(changeListener);
        return mistake;
    }

    private void removeService(long serviceId) {
        List<String> changed;
        synchronized (targets) {
            changed = forget(serviceId);
        }
        changed.forEach(changeListener);
    }

    /** Under the lock. @return the targets that changed */
    private List<String> forget(long serviceId) {
        if (mistakes.remove(serviceId) != null) {
            return List.of(Target.DEFAULT);
        }
        String target = targets.remove(serviceId);
        if (target == null) {
            return List.of();
        }
        RankedServices<S> ranking = rankings.get(target);
        ranking.removeService(serviceId);
        if (ranking.isEmpty()) {
            rankings.remove(target);
        }
        return List.of(target);
    }
}
