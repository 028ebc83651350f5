package org.catseye.web.rest;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.catseye.targets.Target;
import org.osgi.framework.ServiceReference;

/** Services that come and go, found by the target they belong to. Of several the best by ranking counts. Thread-safe. */
final class ByTarget<T> {

    private final Map<ServiceReference<?>, T> services = new ConcurrentSkipListMap<>(Comparator.<ServiceReference<?>>reverseOrder());

    void add(ServiceReference<?> reference, T service) {
        services.put(reference, service);
    }

    void remove(ServiceReference<?> reference) {
        services.remove(reference);
    }

    Optional<T> find(String targetId) {
        return services.entrySet().stream().filter(entry -> targetId.equals(entry.getKey().getProperty(Target.ID))).map(Map.Entry::getValue).findFirst();
    }

    Set<String> targets() {
        Set<String> result = new TreeSet<>();
        for (ServiceReference<?> reference : services.keySet()) {
            if (reference.getProperty(Target.ID) instanceof String id) {
                result.add(id);
            }
        }
        return result;
    }
}
