package org.catseye.capture.lkv373a;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.catseye.device.StandIn;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.catseye.video.spi.CaptureDevice;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
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

    private final StandIn standIn;

    @Activate
    public UnconfiguredCapture(BundleContext bundle) {
        String[] services = {CaptureDevice.class.getName(), SelfCheck.class.getName()};
        standIn = new StandIn(() -> bundle.registerService(services, new Device(() -> Settings.of(Map.of()), Lkv373aConfig.LABEL), properties())::unregister);
    }

    /** Starts; apart from the constructor, because references are bound in between. */
    @Activate
    void activate() {
        standIn.start();
    }

    @Reference(service = CaptureDevice.class, target = "(" + Lkv373aCapture.CONFIGURED + "=true)",
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
        properties.put(Target.LABEL, Lkv373aConfig.LABEL);
        properties.put(Constants.SERVICE_PID, Lkv373aConfig.PID + ".unconfigured");
        return properties;
    }
}
