package org.catseye.capture.lkv373a;

import java.util.Dictionary;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import org.catseye.target.Target;
import org.catseye.video.spi.CaptureDevice;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Plug it in and it works: a receiver for the target {@code default} that takes any box, as long as nobody configured one. Its
 * name puts it behind {@link Lkv373aCapture} in the bundle's list of components, so that at start the configured ones are first.
 */
@Component(name = Lkv373aConfig.PID + ".unconfigured", immediate = true, service = {})
public final class UnconfiguredCapture {

    private final BundleContext bundle;
    // Guards everything below.
    private final Object lock = new Object();
    private final Set<ServiceReference<CaptureDevice>> configured = new HashSet<>();
    private boolean active;
    private ServiceRegistration<CaptureDevice> registration;

    @Activate
    public UnconfiguredCapture(BundleContext bundle) {
        this.bundle = bundle;
    }

    /** Starts; apart from the constructor, because references are bound in between. */
    @Activate
    void activate() {
        synchronized (lock) {
            active = true;
        }
        adjust();
    }

    @Reference(service = CaptureDevice.class, target = "(" + Lkv373aCapture.CONFIGURED + "=true)",
        cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindConfigured(ServiceReference<CaptureDevice> reference) {
        synchronized (lock) {
            configured.add(reference);
        }
        adjust();
    }

    void unbindConfigured(ServiceReference<CaptureDevice> reference) {
        synchronized (lock) {
            configured.remove(reference);
        }
        adjust();
    }

    @Deactivate
    void deactivate() {
        synchronized (lock) {
            active = false;
        }
        adjust();
    }

    private void adjust() {
        ServiceRegistration<CaptureDevice> ended;
        synchronized (lock) {
            boolean wanted = active && configured.isEmpty();
            if (wanted == (registration != null)) {
                return;
            }
            ended = registration;
            registration = wanted ? bundle.registerService(CaptureDevice.class, new Receiver(() -> Settings.of(Map.of())), properties()) : null;
        }
        if (ended != null) {
            ended.unregister();
        }
    }

    private static Dictionary<String, Object> properties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Target.ID, Target.DEFAULT);
        properties.put(Target.LABEL, Lkv373aConfig.LABEL);
        properties.put(Constants.SERVICE_PID, Lkv373aConfig.PID + ".unconfigured");
        return properties;
    }
}
