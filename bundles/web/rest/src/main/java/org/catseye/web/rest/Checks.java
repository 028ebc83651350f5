package org.catseye.web.rest;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The devices that can look at themselves, by target and id. Thread-safe.
 *
 * <p>The id of a device is the {@code service.pid} of its service, which is the PID of its configuration and so the same after every
 * start; without one the name of its bundle, after which a bundle names its only configuration, so that it stays the same when the first
 * configuration is saved. What an address should not hold becomes a dash. Of several with one id, which can only be told apart by
 * when they came, all but the first have a number behind it.
 */
@Component(service = Checks.class)
public final class Checks {

    private static final long IDLE_SECONDS = 10;

    /** In the order in which they came. */
    private final Map<ServiceReference<?>, CheckedDevice> devices = new ConcurrentSkipListMap<>(
            Comparator.<ServiceReference<?>>comparingLong(Checks::serviceId));
    private final AtomicInteger threadNumber = new AtomicInteger();
    /** Grows by two for each device at most. */
    private final ExecutorService threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
        Thread thread = new Thread(work, "self-check-" + threadNumber.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    @Deactivate
    void deactivate() {
        threads.shutdownNow();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addCheck(ServiceReference<SelfCheck> reference, SelfCheck check) {
        String name = reference.getProperty(Target.LABEL) instanceof String label ? label : baseId(reference);
        devices.put(reference, new CheckedDevice(check, name, threads));
    }

    void removeCheck(ServiceReference<SelfCheck> reference) {
        devices.remove(reference);
    }

    /** Those of a target by their ids, in the order in which they came. */
    Map<String, CheckedDevice> of(String targetId) {
        Map<String, CheckedDevice> result = new LinkedHashMap<>();
        devices.forEach((reference, device) -> {
            if (targetId.equals(reference.getProperty(Target.ID))) {
                String base = baseId(reference);
                String id = base;
                for (int number = 2; result.containsKey(id); number++) {
                    id = base + "-" + number;
                }
                result.put(id, device);
            }
        });
        return result;
    }

    private static String baseId(ServiceReference<?> reference) {
        String pid = first(reference.getProperty(Constants.SERVICE_PID));
        Bundle bundle = pid.isEmpty() ? reference.getBundle() : null;
        String name = bundle == null || bundle.getSymbolicName() == null ? pid : bundle.getSymbolicName();
        return name.isEmpty() ? "device" : name.replaceAll("[^A-Za-z0-9._~-]", "-");
    }

    /** A service may have several PIDs. */
    private static String first(Object pid) {
        List<?> all = pid instanceof Object[] array ? List.of(array) : pid instanceof Collection<?> many ? List.copyOf(many) : pid == null ? List.of() : List.of(pid);
        return all.isEmpty() ? "" : String.valueOf(all.get(0));
    }

    private static long serviceId(ServiceReference<?> reference) {
        return (Long) reference.getProperty(Constants.SERVICE_ID);
    }
}
