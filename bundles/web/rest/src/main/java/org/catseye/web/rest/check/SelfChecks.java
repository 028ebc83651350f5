package org.catseye.web.rest.check;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
import org.catseye.services.BoundService;
import org.catseye.services.ByTarget;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The devices with a self-check, by target and id. Thread-safe.
 *
 * <p>The id of a device is the {@code service.pid} of its service, which is the PID of its configuration and therefore the same after every start.
 * Without one it is the name of the bundle, which also names the bundle's only configuration: the id stays the same when the first configuration is
 * saved. Characters that do not belong in an address become dashes. If several devices have one id, all but the oldest get a number appended.
 */
@Component(service = SelfChecks.class)
public final class SelfChecks {

    private static final long IDLE_SECONDS = 10;

    private final ByTarget<NamedDevice> devices = new ByTarget<>();
    /** Grows by two for each device at most. */
    private final ExecutorService threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
            NamedThreads.withNumberedName("self-check"));

    private record NamedDevice(String baseId, CheckedDevice device) {
    }

    @Deactivate
    void deactivate() {
        threads.shutdownNow();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addCheck(ServiceReference<SelfCheck> reference, SelfCheck check) {
        String id = buildId(reference, BoundService.fromReference(reference, check));
        String name = reference.getProperty(Target.LABEL) instanceof String label ? label : id;
        devices.add(reference, new NamedDevice(id, new CheckedDevice(check, name, threads)));
    }

    void removeCheck(ServiceReference<SelfCheck> reference) {
        devices.remove(reference);
    }

    /** The devices of a target by their ids, the oldest first. */
    Map<String, CheckedDevice> findDevices(String targetId) {
        List<NamedDevice> byAge = devices.listServices(targetId).stream().sorted(Comparator.comparingLong(BoundService::serviceId))
                .map(BoundService::service).toList();
        Map<String, CheckedDevice> result = new LinkedHashMap<>();
        for (NamedDevice named : byAge) {
            String id = named.baseId();
            for (int number = 2; result.containsKey(id); number++) {
                id = named.baseId() + "-" + number;
            }
            result.put(id, named.device());
        }
        return result;
    }

    private static String buildId(ServiceReference<SelfCheck> reference, BoundService<SelfCheck> bound) {
        String name = bound.servicePid().orElseGet(() -> {
            Bundle bundle = reference.getBundle();
            return bundle == null || bundle.getSymbolicName() == null ? "" : bundle.getSymbolicName();
        });
        return name.isEmpty() ? "device" : name.replaceAll("[^A-Za-z0-9._~-]", "-");
    }
}
