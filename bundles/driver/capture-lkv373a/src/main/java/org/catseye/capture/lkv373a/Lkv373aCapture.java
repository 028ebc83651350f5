package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.capture.lkv373a.settings.Lkv373aConfig;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.options.Options;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.catseye.video.device.DeviceSettings;
import org.catseye.video.spi.AdjustableDevice;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** A configured box: one instance for each factory configuration {@code org.catseye.capture.lkv373a~name}. */
@Component(name = Lkv373aConfig.PID + ".configured", configurationPid = Lkv373aConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true, service = {CaptureDevice.class, SelfCheck.class},
    property = {Lkv373aCapture.CONFIGURED + "=true", Target.ID + "=" + Target.DEFAULT, Target.LABEL + "=" + Lkv373aConfig.LABEL})
@Designate(ocd = Lkv373aConfig.class, factory = true)
public final class Lkv373aCapture implements CaptureDevice, AdjustableDevice, SelfCheck {

    /** Service property of configured instances. */
    static final String CONFIGURED = "org.catseye.capture.lkv373a.configured";

    private final BoxDevice device;

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public Lkv373aCapture(Map<String, Object> properties) {
        Object label = properties.get(Target.LABEL);
        device = new BoxDevice(Optional.of(new Options(Lkv373aConfig.PID, properties).pid()), () -> Settings.parseSettings(properties),
            label == null || label.toString().isBlank() ? Lkv373aConfig.LABEL : label.toString());
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        device.capture(context);
    }

    @Override
    public DeviceSettings readDeviceSettings() {
        return device.readDeviceSettings();
    }

    @Override
    public void checkDeviceValues(Map<String, String> values) throws IOException {
        device.checkDeviceValues(values);
    }

    @Override
    public String title() {
        return device.title();
    }

    @Override
    public List<Item> checkItems() {
        return device.checkItems();
    }

    @Override
    public List<Action> availableActions() {
        return device.availableActions();
    }

    @Override
    public void performAction(String id) throws IOException {
        device.performAction(id);
    }
}
