package org.catseye.core.video.capture;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;

/** A device that does what the test tells it, on its capture thread. */
final class ScriptedDevice implements CaptureDevice {

    static final VideoFormat FORMAT = new VideoFormat(Codec.H264, 320, 200);
    /** Before each unit of H.264. */
    static final byte[] START_CODE = {0, 0, 1};
    static final int FRAME_BYTES = 51;

    final AtomicInteger starts = new AtomicInteger();
    final AtomicInteger running = new AtomicInteger();
    volatile boolean keyFrameRequested;

    private final BlockingQueue<Step> script = new LinkedBlockingQueue<>();

    interface Step {
        void run(CaptureContext context) throws IOException, InterruptedException;
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        starts.incrementAndGet();
        running.incrementAndGet();
        context.setWakeAction(() -> keyFrameRequested |= context.isKeyFrameRequested());
        try {
            while (!context.isStopped()) {
                script.take().run(context);
            }
        } finally {
            running.decrementAndGet();
        }
    }

    /** Does a step soon, in order. */
    void addStep(Step step) {
        script.add(step);
    }

    /** Does a step and waits until it is done. */
    void doStep(Step step) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        script.add(context -> {
            try {
                step.run(context);
            } finally {
                done.countDown();
            }
        });
        assertTrue("the device did its step", done.await(10, TimeUnit.SECONDS));
    }

    void report(Signal signal, String reason) throws InterruptedException {
        doStep(context -> context.reportSignal(signal, reason));
    }

    void publish(int content) throws InterruptedException {
        publish(content, true);
    }

    /** @param content the byte after the start code */
    void publish(int content, boolean key) throws InterruptedException {
        doStep(context -> publishFrame(context, content, key));
    }

    static void publishFrame(CaptureContext context, int content, boolean key) {
        context.acquireSlot(100).ifPresent(slot -> {
            slot.buffer().put(START_CODE).put((byte) content).put(new byte[FRAME_BYTES - 1 - START_CODE.length]);
            context.publishFrame(slot, FORMAT, key, System.nanoTime());
        });
    }
}
