package org.catseye.itest.hostile.leaking;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** A driver that keeps the memory of pictures. Packed alone into a jar: no nested classes. */
public final class LeakingDriver implements BundleActivator, CaptureDevice {

    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9};

    @Override
    public void start(BundleContext context) {
        context.registerService(CaptureDevice.class, this, FrameworkUtil.asDictionary(Map.of("kvm.target", "bad-leaking", "kvm.label", "leaking")));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework unregisters the service.
    }

    @Override
    public void capture(CaptureContext context) throws InterruptedException {
        publish(context);
        while (!context.isStopped()) {
            context.acquireSlot(100_000);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void publish(CaptureContext context) {
        context.acquireSlot(JPEG.length).ifPresent(slot -> {
            slot.buffer().put(JPEG);
            context.publishFrame(slot, new VideoFormat(Codec.JPEG, 320, 200), true, System.nanoTime());
        });
    }
}
