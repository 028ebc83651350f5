package org.catseye.capture.v4l2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.capture.v4l2.settings.Settings;
import org.catseye.capture.v4l2.settings.V4l2Config;
import org.catseye.capture.v4l2.stick.StickAllocator;
import org.catseye.device.FallbackService;
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
 * A capture device for the target {@code default} that accepts any stick, registered while no stick is configured. Its class name
 * sorts behind that of {@link V4l2Capture}. The bundle lists its components in this order, so that configured sticks are activated first.
 */
@Component(name = V4l2Config.PID + ".unconfigured", immediate = true, service = {})
public final class V4l2FallbackCapture {

    private final FallbackService fallback;

    @Activate
    public V4l2FallbackCapture(BundleContext bundle, @Reference StickAllocator sticks) {
        fallback = FallbackService.forDefaultTarget(bundle, V4l2Config.PID, V4l2Config.LABEL, List.of(CaptureDevice.class),
            () -> new StickDriver(sticks, Optional.empty(), () -> Settings.parseSettings(Map.of())));
    }

    /** Starts after the constructor, because the references are bound in between. */
    @Activate
    void activate() {
        fallback.startOffering();
    }

    @Reference(service = CaptureDevice.class, target = "(" + V4l2Capture.CONFIGURED + "=true)",
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
