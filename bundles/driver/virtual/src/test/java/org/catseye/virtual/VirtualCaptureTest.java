package org.catseye.virtual;

import java.time.Clock;
import java.util.Map;
import org.catseye.testkit.CaptureDeviceContract;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.virtual.paint.FontSource;

/** The virtual target keeps the contract of capture devices. */
public class VirtualCaptureTest extends CaptureDeviceContract {

    @Override
    protected CaptureDevice device() {
        return new VirtualTarget(Map.of(), System::nanoTime, Clock.systemUTC(), FontSource::drawWithJava);
    }
}
