package org.catseye.core.targets;

import java.util.Map;
import java.util.TreeMap;
import org.catseye.hid.spi.HidTransport;
import org.catseye.targets.Target;
import org.catseye.targets.Target.Capability;
import org.catseye.video.spi.CaptureDevice;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Registers a {@link Target} for the default id, for each configured one and for each that a device names. */
@Component(service = {})
public final class Targets {

    private final BundleContext context;
    /** Guards {@link #targets} and {@link #ended}. */
    private final Object lock = new Object();
    private final Map<String, KnownTarget> targets = new TreeMap<>();
    private boolean ended;

    @Activate
    public Targets(BundleContext context) {
        this.context = context;
    }

    /** The default target is there even when nothing else is, so that a page has something to say. */
    @Activate
    void activate() {
        synchronized (lock) {
            target(Target.DEFAULT).keep(this);
        }
    }

    @Deactivate
    void deactivate() {
        synchronized (lock) {
            ended = true;
            targets.values().forEach(KnownTarget::end);
            targets.clear();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindConfigured(ConfiguredTarget configured) {
        synchronized (lock) {
            if (!ended && !configured.id().isEmpty()) {
                target(configured.id()).configured(configured);
            }
        }
    }

    void unbindConfigured(ConfiguredTarget configured) {
        letGo(configured.id(), configured);
    }

    /** By reference only: a driver is not instantiated just to be listed. */
    @Reference(service = CaptureDevice.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindCapture(ServiceReference<CaptureDevice> device) {
        add(device, Capability.VIDEO);
    }

    void unbindCapture(ServiceReference<CaptureDevice> device) {
        letGo(targetOf(device), device);
    }

    @Reference(service = HidTransport.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHid(ServiceReference<HidTransport> device) {
        add(device, Capability.HID);
    }

    void unbindHid(ServiceReference<HidTransport> device) {
        letGo(targetOf(device), device);
    }

    private void add(ServiceReference<?> device, Capability capability) {
        String id = targetOf(device);
        synchronized (lock) {
            if (!ended && id.matches(Target.ID_PATTERN)) {
                target(id).add(device, capability);
            }
        }
    }

    private void letGo(String id, Object holder) {
        synchronized (lock) {
            KnownTarget target = targets.get(id);
            if (target != null && target.letGo(holder)) {
                targets.remove(id).end();
            }
        }
    }

    private KnownTarget target(String id) {
        return targets.computeIfAbsent(id, key -> new KnownTarget(key, context));
    }

    private static String targetOf(ServiceReference<?> reference) {
        return reference.getProperty(Target.ID) instanceof String id ? id : Target.DEFAULT;
    }
}
