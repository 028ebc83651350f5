package org.catseye.itest;

import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** A capture device of a target of its own whose driver does harm, until it is closed. */
final class HostileCapture implements CaptureDevice, AutoCloseable {

    private static final int GARBAGE_BYTES = 5_000;
    private static final int GIANT_BYTES = 500 << 20;
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9};
    private static final VideoFormat FORMAT = new VideoFormat(Codec.JPEG, 320, 200);

    /** What it does. */
    enum Harm { GARBAGE, GIANT_FRAMES, GIANT_SIZE, KEPT_SLOTS, NO_REASON, ENDLESS_REASONS, EXCEPTIONS, SPINNING, DEAF }

    private final Harm harm;
    private final ServiceRegistration<CaptureDevice> registration;
    private final Random random = new Random(7);
    private volatile boolean over;

    HostileCapture(BundleContext context, Harm harm) {
        this.harm = harm;
        registration = context.registerService(CaptureDevice.class, this, FrameworkUtil.asDictionary(Map.of("kvm.target", target(harm), "kvm.label", "hostile")));
    }

    static String target(Harm harm) {
        return "bad-" + harm.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void capture(CaptureContext context) throws InterruptedException {
        while (!over && (harm == Harm.SPINNING || harm == Harm.DEAF || !context.isStopped())) {
            switch (harm) {
                case GARBAGE -> publish(context, garbage(), FORMAT);
                case GIANT_FRAMES -> context.acquireSlot(GIANT_BYTES);
                case GIANT_SIZE -> publish(context, JPEG, new VideoFormat(Codec.JPEG, 0xffff, 0xffff));
                case KEPT_SLOTS -> context.acquireSlot(GARBAGE_BYTES);
                case NO_REASON -> {
                    context.reportSignal(Signal.NO_SIGNAL, null);
                }
                case ENDLESS_REASONS -> context.reportSignal(Signal.NO_SIGNAL, "x".repeat(1 << 20) + random.nextInt());
                case EXCEPTIONS -> throw new StackOverflowError("of the test");
                case SPINNING -> Thread.onSpinWait();
                case DEAF -> publish(context, JPEG, FORMAT);
            }
            pause();
        }
    }

    /** A driver that ignores its stop ignores interrupts as well. */
    private void pause() throws InterruptedException {
        try {
            if (harm != Harm.SPINNING) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            if (harm != Harm.DEAF) {
                throw e;
            }
        }
    }

    private byte[] garbage() {
        byte[] bytes = new byte[GARBAGE_BYTES];
        random.nextBytes(bytes);
        bytes[0] = 0;
        return bytes;
    }

    private static void publish(CaptureContext context, byte[] bytes, VideoFormat format) {
        context.acquireSlot(bytes.length).ifPresent(slot -> {
            slot.buffer().put(bytes);
            context.publishFrame(slot, format, true, System.nanoTime());
        });
    }

    /** Removes the device; its driver may go on. */
    void remove() {
        registration.unregister();
    }

    /** Ends the harm. */
    @Override
    public void close() {
        over = true;
    }
}
