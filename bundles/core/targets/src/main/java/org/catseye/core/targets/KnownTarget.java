package org.catseye.core.targets;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.catseye.targets.Target;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** A registered target and whatever keeps it: a configuration, devices, or that it is the default one. */
final class KnownTarget implements Target {

    private final String id;
    private final ServiceRegistration<Target> registration;
    /** Guarded by this, as are {@link #keepers} and {@link #configured}. Devices by their service reference. */
    private final Map<Object, Capability> devices = new HashMap<>();
    private final Set<Object> keepers = new HashSet<>();
    private ConfiguredTarget configured;

    KnownTarget(String id, BundleContext context) {
        this.id = id;
        this.registration = context.registerService(Target.class, this, FrameworkUtil.asDictionary(Map.of(ID, id)));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public synchronized String label() {
        return configured == null ? id : configured.label();
    }

    @Override
    public synchronized Set<Capability> presentCapabilities() {
        return devices.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(devices.values()));
    }

    synchronized void keep(Object keeper) {
        keepers.add(keeper);
    }

    /** A replaced configuration comes before the old one goes. */
    synchronized void configured(ConfiguredTarget by) {
        configured = by;
        keepers.add(by);
    }

    synchronized void add(Object device, Capability capability) {
        devices.put(device, capability);
    }

    /** True if nothing keeps the target any more. */
    synchronized boolean letGo(Object holder) {
        devices.remove(holder);
        keepers.remove(holder);
        if (configured == holder) {
            configured = null;
        }
        return devices.isEmpty() && keepers.isEmpty();
    }

    void end() {
        registration.unregister();
    }
}
