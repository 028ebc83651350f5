package org.catseye.testkit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.catseye.video.Codec;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.junit.After;
import org.junit.Test;

/**
 * The contract that every capture driver must fulfil. The test of a driver extends this class and creates a device that delivers
 * pictures by itself while there is a viewer. If the device needs an event to deliver a picture, {@link #stir()} triggers one.
 */
public abstract class CaptureDeviceContract {

    private static final long PATIENCE_MILLIS = 10_000;

    protected final FakeCaptureContext context = new FakeCaptureContext();
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();
    private Thread thread;

    /** Creates a device that is present and works. Called once per test. */
    protected abstract CaptureDevice device() throws Exception;

    /**
     * Creates a device whose source is missing, with nothing plugged in or sending. Empty for a device that always has a source.
     */
    protected Optional<CaptureDevice> deviceWithoutSource() throws Exception {
        return Optional.empty();
    }

    /** Makes the source change its picture, for sources that send nothing while the picture is unchanged. */
    protected void stir() {
    }

    @After
    public final void stopThread() throws Exception {
        if (thread != null) {
            context.stop();
            thread.interrupt();
            thread.join(PATIENCE_MILLIS);
            assertFalse("capture() returned after stop", thread.isAlive());
        }
    }

    @Test
    public void deliversFramesThatAreWhole() throws Exception {
        start(device());
        assertTrue("three frames came: " + context.signals() + thrown.get(), frames(3));
        for (FakeCaptureContext.Published frame : context.frames()) {
            byte[] data = frame.data();
            if (frame.format().codec() == Codec.JPEG) {
                assertTrue("a JPEG is always a key frame", frame.key());
                assertEquals("begins with SOI", 0xFFD8, (data[0] & 0xff) << 8 | data[1] & 0xff);
                assertEquals("ends with EOI", 0xFFD9, (data[data.length - 2] & 0xff) << 8 | data[data.length - 1] & 0xff);
            }
        }
        assertEquals(List.of(), context.breaches());
    }

    @Test
    public void timeStampsAreMonotonicAndOfThisClock() throws Exception {
        long before = System.nanoTime();
        start(device());
        assertTrue(frames(3));
        long after = System.nanoTime();
        long last = Long.MIN_VALUE;
        for (FakeCaptureContext.Published frame : context.frames()) {
            assertTrue("stamps do not run backwards", frame.capturedNanos() >= last);
            last = frame.capturedNanos();
        }
        assertTrue("stamped by CLOCK_MONOTONIC within the test", last >= before - 1_000_000_000L && last <= after + 50_000_000L);
    }

    @Test
    public void returnsSoonWhenStoppedAndHoldsNothing() throws Exception {
        start(device());
        assertTrue(frames(1));
        context.stop();
        thread.interrupt();
        thread.join(2_000);
        assertFalse("returned within two seconds", thread.isAlive());
        assertEquals("slots that were not given back", 0, context.lent());
        Throwable end = thrown.get();
        assertTrue("ended by returning or by InterruptedException, not " + end, end == null || end instanceof InterruptedException);
    }

    @Test
    public void survivesWithoutBuffersAndGoesOn() throws Exception {
        context.exhausted(true);
        start(device());
        assertTrue("frames were dropped, not waited for", context.await(PATIENCE_MILLIS, c -> stirred() && c.reportLostFrames() > 1));
        context.exhausted(false);
        assertTrue("frames come again", frames(2));
        assertEquals(List.of(), context.breaches());
    }

    @Test
    public void canBeCapturedAgainAfterStop() throws Exception {
        CaptureDevice device = device();
        start(device);
        assertTrue(frames(1));
        stopThread();
        FakeCaptureContext second = new FakeCaptureContext();
        Thread again = new Thread(() -> run(device, second), "capture-again");
        again.start();
        try {
            assertTrue("frames in the second life", second.await(PATIENCE_MILLIS, c -> stirred() && !c.frames().isEmpty()));
        } finally {
            second.stop();
            again.interrupt();
            again.join(PATIENCE_MILLIS);
        }
        assertFalse(again.isAlive());
    }

    @Test
    public void withoutItsSourceItReportsNoDeviceAndNothingElseAfterwards() throws Exception {
        Optional<CaptureDevice> device = deviceWithoutSource();
        assumeTrue("a device that always has a source", device.isPresent());
        start(device.get());
        assertTrue("NO_DEVICE lets the hub use another device: " + context.signals() + thrown.get(),
            context.await(PATIENCE_MILLIS, c -> c.signals().stream().anyMatch(signalled -> signalled.signal() == Signal.NO_DEVICE)));
        stopThread();
        assertEquals("the last report", Signal.NO_DEVICE, context.signals().get(context.signals().size() - 1).signal());
        assertEquals(List.of(), context.frames());
        assertEquals("slots that were not given back", 0, context.lent());
    }

    protected final void start(CaptureDevice device) {
        thread = new Thread(() -> run(device, context), "capture-test");
        thread.start();
    }

    protected final boolean frames(int count) throws InterruptedException {
        return context.await(PATIENCE_MILLIS, c -> stirred() && c.frames().size() >= count);
    }

    /** Waits until {@code capture} of the started device has ended by itself. @return what it threw; null if it returned */
    protected final Throwable failure() throws InterruptedException {
        thread.join(PATIENCE_MILLIS);
        assertFalse("capture() has ended", thread.isAlive());
        return thrown.get();
    }

    private boolean stirred() {
        stir();
        return true;
    }

    private void run(CaptureDevice device, FakeCaptureContext to) {
        try {
            device.capture(to);
        } catch (Throwable t) {
            thrown.set(t);
        }
    }
}
