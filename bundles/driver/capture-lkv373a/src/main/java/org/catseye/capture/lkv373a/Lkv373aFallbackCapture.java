package org.catseye.capture.lkv373a;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.capture.lkv373a.settings.Lkv373aConfig;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.device.FallbackService;
import org.catseye.targets.SelfCheck;
import org.catseye.video.spi.CaptureDevice;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * A receiver for the target {@code default} that accepts any box, registered while no box is configured. Its class name sorts behind
 * that of {@link Lkv373aCapture}. The bundle lists its components in this order, so that configured boxes are activated first.
 */
@Component(name = Lkv373aConfig.PID + ".unconfigured", immediate = true, service = {})
public final class Lkv373aFallbackCapture {

    private final FallbackService fallback;

    @Activate
    public Lkv373aFallbackCapture(BundleContext bundle) {
        fallback = FallbackService.forDefaultTarget(bundle, Lkv373aConfig.PID, Lkv373aConfig.LABEL,
            List.of(CaptureDevice.class, SelfCheck.class), () -> new BoxDevice(Optional.empty(), () -> Settings.parseSettings(Map.of()), Lkv373aConfig.LABEL));
    }

    /** Starts after the constructor, because the references are bound in between. */
    @Activate
    void activate() {
        fallback.startOffering();
    }

    @Reference(service = CaptureDevice.class, target = "(" + Lkv373aCapture.CONFIGURED + "=true)",
        cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindConfigured(ServiceReference<CaptureDevice> reference) {
        fallback.addConfigured(reference);
    }

    void unbindConfigured(ServiceReference<CaptureDevice> reference) {
        fallback.removeConfigured(reference);
    }

    @Deactivate
    void deactivate() {
        fallback.stopOffering();
    }
}
