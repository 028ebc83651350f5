package org.catseye.capture.v4l2;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.catseye.capture.v4l2.settings.Settings;
import org.catseye.capture.v4l2.settings.V4l2Config;
import org.catseye.capture.v4l2.stick.StickAllocator;
import org.catseye.options.Options;
import org.catseye.targets.Target;
import org.catseye.video.device.DeviceSettings;
import org.catseye.video.spi.AdjustableDevice;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * A configured stick: one instance for each factory configuration {@code org.catseye.capture.v4l2~name}. The running stream adopts a
 * changed configuration, so that the picture does not disappear when a user changes the brightness.
 */
@Component(name = V4l2Config.PID + ".configured", configurationPid = V4l2Config.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true, service = CaptureDevice.class,
    property = {V4l2Capture.CONFIGURED + "=true", Target.ID + "=" + Target.DEFAULT, Target.LABEL + "=" + V4l2Config.LABEL})
@Designate(ocd = V4l2Config.class, factory = true)
public final class V4l2Capture implements CaptureDevice, AdjustableDevice {

    /** Service property of configured instances. */
    static final String CONFIGURED = "org.catseye.capture.v4l2.configured";

    private final StickDriver driver;

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public V4l2Capture(Map<String, Object> properties, @Reference StickAllocator sticks) {
        driver = new StickDriver(sticks, Optional.of(new Options(V4l2Config.PID, properties).pid()), () -> Settings.parseSettings(properties));
    }

    @Modified
    void modified(Map<String, Object> properties) {
        driver.applySettings(() -> Settings.parseSettings(properties));
    }

    @Deactivate
    void deactivate() {
        driver.releaseDevice();
    }

    @Override
    public DeviceSettings readDeviceSettings() {
        return driver.readDeviceSettings();
    }

    @Override
    public void checkDeviceValues(Map<String, String> values) throws IOException {
        driver.checkDeviceValues(values);
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        driver.capture(context);
    }
}
