package org.catseye.itest;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.spi.HidFeedback;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** A keyboard before the target {@code default}, ahead of all others, that notes what it is given. */
final class RecordingKeyboard implements HidTransport, AutoCloseable {

    private final ServiceRegistration<HidTransport> registration;
    private KeyboardReport last = KeyboardReport.UP;
    private CountDownLatch up = new CountDownLatch(1);
    private long upNanos;

    RecordingKeyboard(BundleContext context) {
        registration = context.registerService(HidTransport.class, this, FrameworkUtil.asDictionary(
                Map.of("kvm.target", "default", "kvm.label", "Recording", Constants.SERVICE_RANKING, 1000)));
    }

    @Override
    public Set<Feature> supportedFeatures() {
        return EnumSet.allOf(Feature.class);
    }

    @Override
    public void attach(HidFeedback feedback) {
        feedback.reportReady("");
    }

    @Override
    public void detach() {
    }

    @Override
    public synchronized void sendKeyboard(KeyboardReport report) {
        if (report.equals(KeyboardReport.UP) && !last.equals(report)) {
            upNanos = System.nanoTime();
            up.countDown();
        } else if (!report.equals(KeyboardReport.UP)) {
            up = new CountDownLatch(1);
        }
        last = report;
    }

    synchronized KeyboardReport last() {
        return last;
    }

    /** When all keys went up after they were down; waits for it, but not for ever. */
    long awaitUp() throws InterruptedException {
        CountDownLatch latch;
        synchronized (this) {
            latch = up;
        }
        if (!latch.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("keys stay down: " + last());
        }
        synchronized (this) {
            return upNanos;
        }
    }

    @Override
    public void sendPointer(PointerReport report) {
    }

    @Override
    public void sendMotion(MotionReport report) {
    }

    @Override
    public void sendConsumerUsage(int usage) {
    }

    @Override
    public void close() {
        registration.unregister();
    }
}
