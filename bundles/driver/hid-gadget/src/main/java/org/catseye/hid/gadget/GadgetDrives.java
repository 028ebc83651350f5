package org.catseye.hid.gadget;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.hid.gadget.descriptor.Drive;
import org.catseye.hid.gadget.drives.DriveService;
import org.catseye.hid.gadget.udc.SystemPaths;
import org.catseye.media.spi.MediaDrive;
import org.catseye.options.Options;
import org.catseye.targets.Target;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Registers a service for each drive that the configuration gives the USB device. {@link HidGadget}, which has the same configuration,
 * adds the drives to the device. A drive that cannot be used reports the reason.
 */
@Component(service = {}, configurationPid = GadgetConfig.PID)
public final class GadgetDrives {

    /** As that of {@link HidGadget}: outranks the drives of the virtual target. */
    private static final int RANKING = 10;

    private final List<DriveService> drives = new ArrayList<>();
    private final List<ServiceRegistration<MediaDrive>> registrations = new ArrayList<>();

    @Activate
    public GadgetDrives(Map<String, Object> properties, BundleContext context) {
        SystemPaths paths = SystemPaths.find(Optional.ofNullable(context.getProperty(SystemPaths.ROOT_PROPERTY)).map(Path::of));
        try {
            GadgetSettings settings = GadgetSettings.parseSettings(properties);
            String target = new Options(GadgetConfig.PID, properties).readTargetId();
            for (Drive drive : settings.gadget().drives().drives()) {
                DriveService service = new DriveService(paths.gadgetRoot().resolve(settings.gadget().name()),
                        settings.gadget().drives(), drive, "usb-drive-" + drive.driveName() + "-" + target);
                drives.add(service);
                registrations.add(context.registerService(MediaDrive.class, service.drive(), describeService(drive, target)));
            }
        } catch (BadValueException e) {
            // HidGadget reports it to the user.
            closeDrives();
        }
    }

    @Deactivate
    public void closeDrives() {
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
        drives.forEach(DriveService::close);
        drives.clear();
    }

    private static Dictionary<String, Object> describeService(Drive drive, String target) {
        return new Hashtable<>(Map.of(Target.ID, target, MediaDrive.NAME, drive.driveName(), Target.LABEL, drive.label(),
                Constants.SERVICE_RANKING, RANKING));
    }
}
