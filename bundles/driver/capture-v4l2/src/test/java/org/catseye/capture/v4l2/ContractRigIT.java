package org.catseye.capture.v4l2;

import java.util.Optional;
import org.catseye.capture.v4l2.settings.Given;
import org.catseye.capture.v4l2.stick.StickAllocator;
import org.catseye.testkit.CaptureDeviceContract;
import org.catseye.video.spi.CaptureDevice;
import org.junit.AfterClass;
import org.junit.BeforeClass;

/** The contract of all capture drivers, with an emulated stick. */
public class ContractRigIT extends CaptureDeviceContract {

    private static Rig rig;

    @BeforeClass
    public static void plugIn() throws Exception {
        rig = Rig.start(1);
    }

    @AfterClass
    public static void pullOut() throws Exception {
        if (rig != null) {
            rig.close();
        }
    }

    @Override
    protected CaptureDevice device() {
        return new StickDriver(new StickAllocator(), Optional.empty(), () -> Given.settings("width", 1280, "height", 720));
    }
}
