package org.catseye.qemu;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.config.BadValueException;
import org.catseye.media.spi.MediaDrive;
import org.catseye.options.CheckedSettings;
import org.catseye.power.PowerAction;
import org.catseye.power.spi.PowerControl;
import org.catseye.power.spi.PowerReading;
import org.catseye.qemu.drive.DriveList;
import org.catseye.qemu.screen.ScreenshotCapture;
import org.catseye.services.OwnRegistration;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.catseye.video.spi.CaptureDevice;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** One virtual machine: one instance for each factory configuration {@code org.catseye.qemu~name}. */
@Component(service = {PowerControl.class, SelfCheck.class}, configurationPid = QemuConfig.PID, configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true, property = {Target.ID + "=" + Target.DEFAULT, Target.LABEL + "=" + QemuConfig.LABEL})
@Designate(ocd = QemuConfig.class, factory = true)
public final class QemuTarget implements PowerControl, SelfCheck {

    private final CheckedSettings<QemuSettings> settings;
    /** Empty if a setting is wrong. */
    private final Optional<Machine> machine;
    private final OwnRegistration<CaptureDevice> picture = new OwnRegistration<>();

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public QemuTarget(BundleContext context, Map<String, Object> properties) {
        this(properties, drive -> registerDrive(context, properties, drive));
        if (settings.findValid().flatMap(QemuSettings::screenshot).isPresent()) {
            picture.register(() -> context.registerService(CaptureDevice.class, createCapture(), FrameworkUtil.asDictionary(describePicture(properties))));
        }
    }

    QemuTarget(Map<String, Object> properties, Machine.DrivePublisher publisher) {
        settings = CheckedSettings.parseProperties(properties, QemuSettings::parseSettings);
        machine = settings.findValid().map(valid -> new Machine(valid, publisher));
        machine.ifPresent(Machine::start);
    }

    private static Map<String, Object> describePicture(Map<String, Object> properties) {
        return Map.of(Target.ID, properties.getOrDefault(Target.ID, Target.DEFAULT), Target.LABEL, "Screenshots of QEMU",
                Constants.SERVICE_RANKING, ScreenshotCapture.RANKING);
    }

    /** The settings are valid and have a file for screenshots. */
    CaptureDevice createCapture() {
        Machine running = machine.orElseThrow();
        return new ScreenshotCapture(running.client(), running.power(), settings.findValid().flatMap(QemuSettings::screenshot).orElseThrow());
    }

    private static Runnable registerDrive(BundleContext context, Map<String, Object> properties, DriveList.Found drive) {
        Map<String, Object> own = new HashMap<>();
        own.put(Target.ID, properties.getOrDefault(Target.ID, Target.DEFAULT));
        own.put(Target.LABEL, drive.label());
        own.put(MediaDrive.NAME, drive.name());
        OwnRegistration<MediaDrive> registration = new OwnRegistration<>();
        registration.register(() -> context.registerService(MediaDrive.class, drive.drive(), FrameworkUtil.asDictionary(own)));
        return registration::unregister;
    }

    @Deactivate
    void stopTarget() {
        picture.unregister();
        machine.ifPresent(Machine::close);
    }

    private Machine requireMachine() throws BadValueException {
        settings.requireValid();
        return machine.orElseThrow();
    }

    @Override
    public Set<PowerAction> supportedActions() {
        return machine.map(running -> running.power().supportedActions()).orElse(Set.of());
    }

    @Override
    public PowerReading readState() throws IOException {
        return requireMachine().power().readState();
    }

    @Override
    public void performAction(PowerAction action) throws IOException, InterruptedException {
        requireMachine().power().performAction(action);
    }

    @Override
    public String title() {
        return "Virtual machine";
    }

    @Override
    public List<Item> checkItems() {
        try {
            return MachineCheck.checkMachine(requireMachine());
        } catch (BadValueException e) {
            return List.of(Item.failed("Settings", e.getMessage(), "Correct this value in the configuration."));
        }
    }
}
