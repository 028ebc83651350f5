package org.catseye.web.socket;

import java.util.Dictionary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.web.resource.TargetResource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Takes registrations of target resources and nothing else. */
public final class FakeBundleContext {

    /** The registered resources, by name and number. */
    public final Map<String, TargetResource> resources = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    public BundleContext context() {
        return FakeHttp.proxy(BundleContext.class, (self, called, args) -> {
            if (!called.getName().equals("registerService") || args[0] != TargetResource.class) {
                throw new UnsupportedOperationException(called.toString());
            }
            String key = ((Dictionary<?, ?>) args[2]).get(TargetResource.NAME) + " " + numbers.incrementAndGet();
            resources.put(key, (TargetResource) args[1]);
            return FakeHttp.proxy(ServiceRegistration.class, (registration, method, none) -> resources.remove(key) == null ? null : null);
        });
    }
}
