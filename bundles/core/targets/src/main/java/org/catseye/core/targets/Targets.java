package org.catseye.core.targets;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catseye.hid.spi.HidTransport;
import org.catseye.services.BoundService;
import org.catseye.services.ByTarget;
import org.catseye.services.PerTarget;
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

    /** The reason to keep the default target. */
    private static final String ALWAYS = "always";

    private final BundleContext context;
    private final ByTarget<ConfiguredTarget> configurations = new ByTarget<>();
    private final ByTarget<Capability> devices = new ByTarget<>();
    /** The reasons are the service ids of configurations and devices. */
    private final PerTarget<KnownTarget> targets =
        new PerTarget<>(id -> new KnownTarget(id, configurations, devices), KnownTarget::unregister);

    @Activate
    public Targets(BundleContext context) {
        this.context = context;
    }

    /** The default target exists even when nothing else does, so that a page can show what is missing. */
    @Activate
    void activate() {
        keepTarget(Target.DEFAULT, ALWAYS);
    }

    @Deactivate
    void deactivate() {
        targets.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindConfiguration(ConfiguredTarget configured, Map<String, Object> properties) {
        if (configured.id().isEmpty()) {
            return;
        }
        Map<String, Object> withTarget = new HashMap<>(properties);
        withTarget.put(Target.ID, configured.id());
        configurations.add(withTarget, configured);
        keepTarget(configured.id(), BoundService.serviceIdOf(properties));
    }

    void unbindConfiguration(ConfiguredTarget configured, Map<String, Object> properties) {
        configurations.remove(properties);
        targets.withdraw(BoundService.serviceIdOf(properties));
    }

    /** By reference only: a driver is not instantiated just to be listed. */
    @Reference(service = CaptureDevice.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
        updated = "bindCapture")
    void bindCapture(ServiceReference<CaptureDevice> device) {
        addDevice(device, Capability.VIDEO);
    }

    void unbindCapture(ServiceReference<CaptureDevice> device) {
        removeDevice(device);
    }

    @Reference(service = HidTransport.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
        updated = "bindHid")
    void bindHid(ServiceReference<HidTransport> device) {
        addDevice(device, Capability.HID);
    }

    void unbindHid(ServiceReference<HidTransport> device) {
        removeDevice(device);
    }

    private void addDevice(ServiceReference<?> device, Capability capability) {
        long id = BoundService.serviceIdOf(device);
        devices.add(device, capability);
        // The hubs report an invalid target id; it makes no target.
        devices.findTarget(id).ifPresentOrElse(target -> keepTarget(target, id), () -> targets.withdraw(id));
    }

    private void removeDevice(ServiceReference<?> device) {
        devices.remove(device);
        targets.withdraw(BoundService.serviceIdOf(device));
    }

    private void keepTarget(String id, Object reason) {
        Optional<KnownTarget> target = targets.keep(id, reason);
        target.ifPresent(known -> known.register(context));
    }
}
