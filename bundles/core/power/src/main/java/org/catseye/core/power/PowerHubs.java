package org.catseye.core.power;

import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.power.PowerHub;
import org.catseye.power.spi.PowerControl;
import org.catseye.services.BoundService;
import org.catseye.services.ByTarget;
import org.catseye.services.OwnRegistration;
import org.catseye.services.PerTarget;
import org.catseye.targets.Target;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers a hub for each target that a power control names, for as long as there is one. */
@Component(immediate = true, service = {})
public final class PowerHubs {

    private static final Logger LOG = LoggerFactory.getLogger(PowerHubs.class);

    private final BundleContext context;
    private final ByTarget<PowerControl> controls = new ByTarget<>();
    /** The reasons are the service ids of controls. */
    private final PerTarget<HubEntry> hubs = new PerTarget<>(HubEntry::new, HubEntry::close);

    @Activate
    public PowerHubs(BundleContext context) {
        this.context = context;
    }

    @Deactivate
    void stop() {
        hubs.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "bindControl")
    void bindControl(PowerControl control, Map<String, Object> properties) {
        long id = BoundService.serviceIdOf(properties);
        Optional<BadValueException> mistake = controls.add(properties, control);
        mistake.ifPresent(wrong -> {
            LOG.error("{}; the power control serves no target", wrong.getMessage());
            hubs.withdraw(id);
        });
        controls.findTarget(id).flatMap(target -> hubs.keep(target, id)).ifPresent(HubEntry::register);
    }

    void unbindControl(Map<String, Object> properties) {
        controls.remove(properties);
        hubs.withdraw(BoundService.serviceIdOf(properties));
    }

    /** A hub and its registration. */
    private final class HubEntry {

        private final String target;
        private final TargetPowerHub hub;
        private final OwnRegistration<PowerHub> registration = new OwnRegistration<>();

        HubEntry(String target) {
            this.target = target;
            hub = new TargetPowerHub(target, () -> controls.listServices(target));
        }

        /** Without effect if the service is registered already. */
        void register() {
            registration.register(() -> context.registerService(PowerHub.class, hub, FrameworkUtil.asDictionary(Map.of(Target.ID, target))));
        }

        void close() {
            registration.unregister();
            hub.close();
        }
    }
}
