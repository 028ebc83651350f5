package org.catseye.capture.v4l2;

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
 * Plug it in and it works: a capture device for the target {@code default} that takes any stick, as long as nobody configured
 * one. Its name puts it behind {@link V4l2Capture}
 * in the bundle's list of components, so that at start the configured ones are first.
 */
@Component(name = V4l2Config.PID + ".unconfigured", immediate = true, service = {})
public final class UnconfiguredCapture {

    private final BundleContext bundle;
    private final Sticks sticks;
    // Guards everything below.
    private final Object lock = new Object();
    private final Set<ServiceReference<CaptureDevice>> configured = new HashSet<>();
    private boolean active;
    private Driver driver;
    private ServiceRegistration<CaptureDevice> registration;

    @Activate
    public UnconfiguredCapture(BundleContext bundle, @Reference Sticks sticks) {
        this.bundle = bundle;
        this.sticks = sticks;
    }

    /** Starts; apart from the constructor, because references are bound in between. */
    @Activate
    void activate() {
        synchronized (lock) {
            active = true;
        }
        adjust();
    }

    @Reference(service = CaptureDevice.class, target = "(" + V4l2Capture.CONFIGURED + "=true)",
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
        Driver left;
        synchronized (lock) {
            boolean wanted = active && configured.isEmpty();
            if (wanted == (registration != null)) {
                return;
            }
            ended = registration;
            left = driver;
            registration = null;
            driver = null;
            if (wanted) {
                driver = new Driver(sticks, () -> Settings.of(Map.of()));
                registration = bundle.registerService(CaptureDevice.class, driver, properties());
            }
        }
        if (ended != null) {
            ended.unregister();
            left.leave();
        }
    }

    private static Dictionary<String, Object> properties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Target.ID, Target.DEFAULT);
        properties.put(Target.LABEL, V4l2Config.LABEL);
        properties.put(Constants.SERVICE_PID, V4l2Config.PID + ".unconfigured");
        return properties;
    }
}
