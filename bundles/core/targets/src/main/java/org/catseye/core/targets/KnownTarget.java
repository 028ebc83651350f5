package org.catseye.core.targets;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.catseye.services.ByTarget;
import org.catseye.services.OwnRegistration;
import org.catseye.targets.PointerArea;
import org.catseye.targets.Target;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** A registered target: its label comes from its configuration, its capabilities from the devices that name it. Thread-safe. */
final class KnownTarget implements Target {

    private final String id;
    private final ByTarget<ConfiguredTarget> configurations;
    private final Map<Capability, ByTarget<Capability>> devices;
    private final OwnRegistration<Target> registration = new OwnRegistration<>();

    KnownTarget(String id, ByTarget<ConfiguredTarget> configurations, Map<Capability, ByTarget<Capability>> devices) {
        this.id = id;
        this.configurations = configurations;
        this.devices = devices;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String label() {
        return configurations.findBest(id).map(ConfiguredTarget::label).orElse(id);
    }

    @Override
    public PointerArea pointerArea() {
        return configurations.findBest(id).map(ConfiguredTarget::pointerArea).orElse(PointerArea.WHOLE);
    }

    @Override
    public Set<Capability> presentCapabilities() {
        return devices.keySet().stream().filter(capability -> devices.get(capability).findBest(id).isPresent()).collect(Collectors.toUnmodifiableSet());
    }

    /** Without effect if the service is registered already. */
    void register(BundleContext context) {
        registration.register(() -> context.registerService(Target.class, this, FrameworkUtil.asDictionary(Map.of(ID, id))));
    }

    void unregister() {
        registration.unregister();
    }
}
