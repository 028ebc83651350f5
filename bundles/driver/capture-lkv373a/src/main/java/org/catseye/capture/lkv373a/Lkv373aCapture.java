package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.util.Map;
import org.catseye.target.Target;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** A configured receiver, one for each factory configuration {@code org.catseye.capture.lkv373a~name}. */
@Component(name = Lkv373aConfig.PID + ".configured", configurationPid = Lkv373aConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true, service = CaptureDevice.class,
    property = {Lkv373aCapture.CONFIGURED + "=true", Target.ID + "=" + Target.DEFAULT, Target.LABEL + "=" + Lkv373aConfig.LABEL})
@Designate(ocd = Lkv373aConfig.class, factory = true)
public final class Lkv373aCapture implements CaptureDevice {

    /** Service property of configured instances. */
    static final String CONFIGURED = "org.catseye.capture.lkv373a.configured";

    private final Receiver receiver;

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public Lkv373aCapture(Map<String, Object> properties) {
        receiver = new Receiver(() -> Settings.of(properties));
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        receiver.capture(context);
    }
}
