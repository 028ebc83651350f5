package org.catseye.capture.v4l2;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.catseye.device.StandIn;
import org.catseye.targets.Target;
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

    private final StandIn standIn;

    @Activate
    public UnconfiguredCapture(BundleContext bundle, @Reference Sticks sticks) {
        standIn = new StandIn(() -> {
            Driver driver = new Driver(sticks, () -> Settings.of(Map.of()));
            ServiceRegistration<CaptureDevice> registration = bundle.registerService(CaptureDevice.class, driver, properties());
            return () -> {
                registration.unregister();
                driver.leave();
            };
        });
    }

    /** Starts; apart from the constructor, because references are bound in between. */
    @Activate
    void activate() {
        standIn.start();
    }

    @Reference(service = CaptureDevice.class, target = "(" + V4l2Capture.CONFIGURED + "=true)",
        cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindConfigured(ServiceReference<CaptureDevice> reference) {
        standIn.add(reference);
    }

    void unbindConfigured(ServiceReference<CaptureDevice> reference) {
        standIn.remove(reference);
    }

    @Deactivate
    void deactivate() {
        standIn.end();
    }

    private static Dictionary<String, Object> properties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Target.ID, Target.DEFAULT);
        properties.put(Target.LABEL, V4l2Config.LABEL);
        properties.put(Constants.SERVICE_PID, V4l2Config.PID + ".unconfigured");
        return properties;
    }
}
