package org.catseye.capture.v4l2;

import java.io.IOException;
import java.util.Map;
import org.catseye.targets.Target;
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
 * A configured stick, one for each factory configuration {@code org.catseye.capture.v4l2~name}. A changed configuration is taken
 * over by the running stream instead of a rebuild, so that a viewer who turns up the brightness does not see the picture go.
 */
@Component(name = V4l2Config.PID + ".configured", configurationPid = V4l2Config.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true, service = CaptureDevice.class,
    property = {V4l2Capture.CONFIGURED + "=true", Target.ID + "=" + Target.DEFAULT, Target.LABEL + "=" + V4l2Config.LABEL})
@Designate(ocd = V4l2Config.class, factory = true)
public final class V4l2Capture implements CaptureDevice {

    /** Service property of configured instances. */
    static final String CONFIGURED = "org.catseye.capture.v4l2.configured";

    private final Driver driver;

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public V4l2Capture(Map<String, Object> properties, @Reference Sticks sticks) {
        driver = new Driver(sticks, () -> Settings.of(properties));
    }

    @Modified
    void modified(Map<String, Object> properties) {
        driver.configure(() -> Settings.of(properties));
    }

    @Deactivate
    void deactivate() {
        driver.leave();
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        driver.capture(context);
    }
}
