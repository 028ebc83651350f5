package org.catseye.core.targets;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.catseye.hid.spi.HidTransport;
import org.catseye.media.spi.MediaDrive;
import org.catseye.power.spi.PowerControl;
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

/**
 * Registers a {@link Target} for the default id, for each configured one and for each that a device names. After its last device was removed,
 * a target stays for {@value #REPLACEMENT_SECONDS} s: while a driver is updated or configured, viewers keep their connections.
 */
@Component(service = {})
public final class Targets {

    private static final int REPLACEMENT_SECONDS = 3;

    /** The reason to keep the default target. */
    private static final String ALWAYS = "always";

    /** A reason to keep a target. */
    private record Device(long serviceId, Capability capability) {
    }

    private final BundleContext context;
    private final Executor later;
    private final ByTarget<ConfiguredTarget> configurations = new ByTarget<>();
    /** One service may be several devices. */
    private final Map<Capability, ByTarget<Capability>> devices = createDeviceMap();
    /** The reasons are the service ids of configurations, and {@link Device}s. */
    private final PerTarget<KnownTarget> targets =
        new PerTarget<>(id -> new KnownTarget(id, configurations, devices), KnownTarget::unregister);

    @Activate
    public Targets(BundleContext context) {
        this(context, CompletableFuture.delayedExecutor(REPLACEMENT_SECONDS, TimeUnit.SECONDS));
    }

    /** @param later runs what has to wait until a removed device may be back */
    Targets(BundleContext context, Executor later) {
        this.context = context;
        this.later = later;
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
        removeDevice(device, Capability.VIDEO);
    }

    @Reference(service = HidTransport.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
        updated = "bindHid")
    void bindHid(ServiceReference<HidTransport> device) {
        addDevice(device, Capability.HID);
    }

    void unbindHid(ServiceReference<HidTransport> device) {
        removeDevice(device, Capability.HID);
    }

    @Reference(service = PowerControl.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
        updated = "bindPower")
    void bindPower(ServiceReference<PowerControl> device) {
        addDevice(device, Capability.POWER);
    }

    void unbindPower(ServiceReference<PowerControl> device) {
        removeDevice(device, Capability.POWER);
    }

    @Reference(service = MediaDrive.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
        updated = "bindDrive")
    void bindDrive(ServiceReference<MediaDrive> device) {
        addDevice(device, Capability.MEDIA);
    }

    void unbindDrive(ServiceReference<MediaDrive> device) {
        removeDevice(device, Capability.MEDIA);
    }

    private void addDevice(ServiceReference<?> device, Capability capability) {
        Device reason = new Device(BoundService.serviceIdOf(device), capability);
        devices.get(capability).add(device, capability);
        // The hubs report an invalid target id; it makes no target.
        devices.get(capability).findTarget(reason.serviceId()).ifPresentOrElse(target -> keepTarget(target, reason), () -> targets.withdraw(reason));
    }

    private void removeDevice(ServiceReference<?> device, Capability capability) {
        Device reason = new Device(BoundService.serviceIdOf(device), capability);
        devices.get(capability).findTarget(reason.serviceId()).ifPresent(target -> {
            Object replacement = new Object();
            keepTarget(target, replacement);
            later.execute(() -> targets.withdraw(replacement));
        });
        devices.get(capability).remove(device);
        targets.withdraw(reason);
    }

    private static Map<Capability, ByTarget<Capability>> createDeviceMap() {
        Map<Capability, ByTarget<Capability>> all = new EnumMap<>(Capability.class);
        for (Capability capability : Capability.values()) {
            all.put(capability, new ByTarget<>());
        }
        return Collections.unmodifiableMap(all);
    }

    private void keepTarget(String id, Object reason) {
        Optional<KnownTarget> target = targets.keep(id, reason);
        target.ifPresent(known -> known.register(context));
    }
}
