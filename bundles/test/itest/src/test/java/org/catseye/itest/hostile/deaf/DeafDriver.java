package org.catseye.itest.hostile.deaf;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** A driver that does not end when it is stopped. Packed alone into a jar: no nested classes. */
public final class DeafDriver implements BundleActivator, CaptureDevice {

    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9};

    @Override
    public void start(BundleContext context) {
        context.registerService(CaptureDevice.class, this, FrameworkUtil.asDictionary(Map.of("kvm.target", "bad-deaf", "kvm.label", "deaf")));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework unregisters the service.
    }

    @Override
    public void capture(CaptureContext context) {
        while (context.viewerCount() >= 0) {
            publish(context);
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            // It does not care.
        }
    }

    private static void publish(CaptureContext context) {
        context.acquireSlot(JPEG.length).ifPresent(slot -> {
            slot.buffer().put(JPEG);
            context.publishFrame(slot, new VideoFormat(Codec.JPEG, 320, 200), true, System.nanoTime());
        });
    }
}
