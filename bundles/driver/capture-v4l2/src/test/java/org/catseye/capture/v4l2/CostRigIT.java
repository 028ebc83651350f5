package org.catseye.capture.v4l2;

import static org.junit.Assert.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.catseye.capture.v4l2.settings.Given;
import org.catseye.capture.v4l2.stick.StickAllocator;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Measures the cost of a frame: processor time and garbage of the capture thread, for 720p30 frames of an emulated stick. */
public class CostRigIT {

    private static final int WARM_UP = 150;
    private static final int MEASURED = 300;
    /** Per 1,000 frames. Usual are 0.3 to 1.3, depending on the machine; decoding would take 5 to 10, and waiting in a loop 33. */
    private static final double MOST_CPU_SECONDS = 4;

    private Rig rig;

    @Before
    public void plugIn() throws Exception {
        rig = Rig.start(1);
    }

    @After
    public void pullOut() throws Exception {
        rig.close();
    }

    @Test
    public void frameCostsNoGarbageAndLittleTime() throws Exception {
        OneSlot hub = new OneSlot();
        StickDriver driver = new StickDriver(new StickAllocator(), Optional.empty(), () -> Given.settings("width", 1280, "height", 720));
        Thread thread = new Thread(() -> {
            try {
                driver.capture(hub);
            } catch (IOException | InterruptedException e) {
                hub.failure = e;
                hub.done.countDown();
            }
        });
        thread.start();
        boolean done = hub.done.await(60, TimeUnit.SECONDS);
        hub.stop();
        thread.join(5_000);
        assertTrue("measured: " + hub.failure, done && hub.failure == null);
        double cpu = hub.nanos / 1e9 / MEASURED * 1_000;
        double bytes = (double) hub.bytes / MEASURED;
        System.out.printf(Locale.ROOT, "capture thread: %.3f CPU s per 1,000 frames, %.0f bytes allocated per frame, stamp to published"
            + " %.3f ms on average%n", cpu, bytes, hub.delay / 1e6 / MEASURED);
        assertTrue(bytes + " bytes per frame", bytes < 100);
        assertTrue(cpu + " CPU s per 1,000 frames", cpu < MOST_CPU_SECONDS);
    }

    /** A hub without viewers that measures its capture thread. */
    private static final class OneSlot implements CaptureContext, Slot {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(4 << 20);
        private final Optional<Slot> slot = Optional.of(this);
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile boolean stopped;
        private volatile Exception failure;
        private volatile Runnable wake = () -> { };
        private int frames;
        private long nanos;
        private long bytes;
        private long delay;

        @Override
        public boolean isStopped() {
            return stopped;
        }

        @Override
        public int viewerCount() {
            return 1;
        }

        @Override
        public boolean isKeyFrameRequested() {
            return false;
        }

        @Override
        public void setWakeAction(Runnable action) {
            wake = action;
        }

        @Override
        public Optional<Slot> acquireSlot(int size) {
            buffer.clear();
            return slot;
        }

        @Override
        public void publishFrame(Slot published, VideoFormat format, boolean key, long capturedNanos) {
            frames++;
            if (frames > WARM_UP) {
                delay += System.nanoTime() - capturedNanos;
            }
            if (frames == WARM_UP) {
                nanos = threads.getCurrentThreadCpuTime();
                bytes = threads.getCurrentThreadAllocatedBytes();
            } else if (frames == WARM_UP + MEASURED) {
                nanos = threads.getCurrentThreadCpuTime() - nanos;
                bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
                done.countDown();
            }
        }

        @Override
        public void reportSignal(Signal signal, String reason) {
        }

        @Override
        public void reportIncomingSignal(IncomingSignal incoming) {
        }

        @Override
        public void reportLostFrames(long count) {
        }

        @Override
        public ByteBuffer buffer() {
            return buffer;
        }

        @Override
        public void close() {
        }

        void stop() {
            stopped = true;
            wake.run();
        }
    }
}
