package org.catseye.virtual;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catseye.hid.spi.HidTransport;
import org.catseye.media.spi.MediaDrive;
import org.catseye.power.spi.PowerControl;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.virtual.media.VirtualDrive;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** A virtual computer whose services are registered. */
final class RegisteredComputer {

    private static final String[] TYPES = {CaptureDevice.class.getName(), HidTransport.class.getName(), PowerControl.class.getName(), SelfCheck.class.getName()};

    private final VirtualTarget computer;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /** @param settings of its configuration; empty for the defaults */
    RegisteredComputer(BundleContext context, Map<String, Object> settings) {
        Map<String, Object> properties = withDefaults(settings);
        computer = new VirtualTarget(properties);
        registrations.add(context.registerService(TYPES, computer, FrameworkUtil.asDictionary(properties)));
        registerDrive(context, properties.get(Target.ID), computer.cdDrive(), "cd", "CD drive");
        registerDrive(context, properties.get(Target.ID), computer.diskDrive(), "disk", "USB disk drive");
    }

    private static Map<String, Object> withDefaults(Map<String, Object> settings) {
        Map<String, Object> properties = new HashMap<>(Map.of(Target.ID, Target.DEFAULT, Target.LABEL, VirtualTargetConfig.DEFAULT_LABEL));
        properties.putAll(settings);
        return properties;
    }

    /**
     * Adopts settings that concern only the picture; the services stay registered, with the properties that they have.
     *
     * @return false if the computer has to be replaced
     */
    boolean adoptSettings(Map<String, Object> settings) {
        return computer.adoptSettings(withDefaults(settings));
    }

    private void registerDrive(BundleContext context, Object target, VirtualDrive drive, String name, String label) {
        registrations.add(context.registerService(MediaDrive.class, drive,
            FrameworkUtil.asDictionary(Map.of(Target.ID, target, MediaDrive.NAME, name, Target.LABEL, label))));
    }

    /** Called once. */
    void remove() {
        registrations.forEach(ServiceRegistration::unregister);
        computer.stopTarget();
    }
}
