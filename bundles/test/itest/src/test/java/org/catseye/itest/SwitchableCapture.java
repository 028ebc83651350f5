package org.catseye.itest;

import java.util.Map;
import java.util.concurrent.Semaphore;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** A capture device of the target {@code default}, better than all others, whose source the test plugs in and unplugs. */
final class SwitchableCapture implements CaptureDevice, AutoCloseable {

    static final int WIDTH = 321;
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9};

    private final ServiceRegistration<CaptureDevice> registration;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean plugged;

    SwitchableCapture(BundleContext context) {
        registration = context.registerService(CaptureDevice.class, this, FrameworkUtil.asDictionary(
                Map.of("kvm.target", "default", "kvm.label", "switchable", Constants.SERVICE_RANKING, 1000)));
    }

    void plug(boolean in) {
        plugged = in;
        woken.release();
    }

    @Override
    public void capture(CaptureContext context) throws InterruptedException {
        context.setWakeAction(woken::release);
        while (!context.isStopped()) {
            if (plugged) {
                context.acquireSlot(JPEG.length).ifPresent(slot -> {
                    slot.buffer().put(JPEG);
                    context.publishFrame(slot, new VideoFormat(Codec.JPEG, WIDTH, 200), true, System.nanoTime());
                });
            } else {
                context.reportSignal(Signal.NO_DEVICE, "It is unplugged.");
            }
            woken.acquire();
        }
    }

    @Override
    public void close() {
        registration.unregister();
    }
}
