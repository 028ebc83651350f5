package org.catseye.core.video.jpeg;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.catseye.core.video.hub.Hub;
import org.catseye.core.video.hub.HubInput;
import org.catseye.core.video.memory.BufferPool;
import org.catseye.core.video.memory.FrameBuffer;
import org.catseye.core.video.memory.MemoryBudget;
import org.catseye.core.video.placeholder.PlaceholderPainter;
import org.catseye.core.video.placeholder.PlaceholderPictures;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.IncomingSignal;
import org.catseye.video.Subscription;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.JpegRenderer;
import org.catseye.video.spi.Slot;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class JpegRenditionTest {

    private static final Set<Codec> JPEG = EnumSet.of(Codec.JPEG);
    private static final VideoFormat H264_FORMAT = new VideoFormat(Codec.H264, 320, 200);
    private static final VideoFormat JPEG_FORMAT = new VideoFormat(Codec.JPEG, 320, 200);
    private static final long PATIENCE_MILLIS = 10_000;

    private final ScheduledExecutorService painting = Executors.newSingleThreadScheduledExecutor();
    private final PlaceholderPictures placeholders = new PlaceholderPictures(painting);
    private final Hub main = new Hub("default", new BufferPool(8_000_000, 1_000_000, new MemoryBudget(Long.MAX_VALUE)), 1_000_000, placeholders);
    private final Hub inner = new Hub("default-jpeg", new BufferPool(8_000_000, 1_000_000, new MemoryBudget(Long.MAX_VALUE)), 1_000_000, placeholders);

    private final HubInput input = main.openInput();

    @Before
    public void selectTheDevice() {
        main.selectInput(input, "", IncomingSignal.UNKNOWN);
    }

    @After
    public void stop() {
        painting.shutdownNow();
    }

    /** Makes of each frame a JPEG that begins with the same byte. */
    private static final class Pretend implements JpegRenderer {
        private final BlockingQueue<Boolean> runs = new LinkedBlockingQueue<>();

        @Override
        public CaptureDevice createRendition(VideoHub source) {
            return context -> {
                runs.add(true);
                Semaphore woken = new Semaphore(0);
                context.setWakeAction(woken::release);
                try (Subscription subscription = source.subscribe(woken::release, EnumSet.of(Codec.H264))) {
                    while (!context.isStopped()) {
                        subscription.nextFrame().ifPresent(frame -> createRendition(frame, context));
                        woken.tryAcquire(20, TimeUnit.MILLISECONDS);
                    }
                } finally {
                    runs.add(false);
                }
            };
        }

        private static void createRendition(Frame frame, CaptureContext context) {
            try (frame) {
                Slot slot = context.acquireSlot(16).orElseThrow();
                slot.buffer().put(frame.encodedBytes().get(0)).put(new byte[15]);
                context.publishFrame(slot, JPEG_FORMAT, true, frame.capturedNanos());
            }
        }

        boolean run() throws InterruptedException {
            return runs.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    public void whoShowsJpegOnlySeesTheRenditionAndOthersTheSource() throws Exception {
        TargetHub hub = hub(Optional.of(new Pretend()));
        Watcher all = new Watcher(hub, EnumSet.allOf(Codec.class));
        Watcher jpeg = new Watcher(hub, JPEG);
        h264(1, true);
        assertEquals(1, jpeg.take(JPEG_FORMAT));
        assertEquals(1, all.take(H264_FORMAT));
        h264(2, false);
        assertEquals(2, jpeg.take(JPEG_FORMAT));
        assertEquals(Optional.of(JPEG_FORMAT), hub.currentState(JPEG).format());
        assertEquals(Optional.of(H264_FORMAT), hub.currentState().format());
        assertEquals("who renders is no viewer", 2, hub.currentState().viewers());
        hub.close();
        assertTrue(jpeg.ended.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Test
    public void theNumbersIncreaseAcrossAllChanges() throws Exception {
        TargetHub hub = hub(Optional.of(new Pretend()));
        Watcher jpeg = new Watcher(hub, JPEG);
        for (int turn = 0; turn < 3; turn++) {
            jpeg(10 + turn);
            assertEquals(10 + turn, jpeg.take(JPEG_FORMAT));
            h264(20 + turn, true);
            assertEquals(20 + turn, jpeg.take(JPEG_FORMAT));
            input.showCondition(Condition.NO_SIGNAL, "turn " + turn);
            jpeg.take(PlaceholderPainter.FORMAT);
        }
        List<Long> sorted = jpeg.sequences.stream().sorted().distinct().toList();
        assertEquals(sorted, jpeg.sequences);
        hub.close();
    }

    @Test
    public void withoutARendererTheReasonIsShownAndAsked() throws Exception {
        TargetHub hub = hub(Optional.empty());
        h264(1, true);
        assertEquals(Condition.NO_DEVICE, hub.currentState(JPEG).condition());
        assertTrue(hub.currentState(JPEG).reason().contains("apt-get install ffmpeg"));
        assertEquals(Condition.LIVE, hub.currentState().condition());
        assertEquals(Condition.LIVE, hub.currentState(EnumSet.allOf(Codec.class)).condition());
        Watcher jpeg = new Watcher(hub, JPEG);
        jpeg.take(PlaceholderPainter.FORMAT);
        hub.useRenderer(Optional.of(new Pretend()));
        h264(2, false);
        jpeg.take(JPEG_FORMAT);
        hub.close();
    }

    @Test
    public void theRendererWorksOnlyWhileSomebodyNeedsIt() throws Exception {
        Pretend renderer = new Pretend();
        TargetHub hub = hub(Optional.of(renderer));
        Watcher all = new Watcher(hub, EnumSet.allOf(Codec.class));
        h264(1, true);
        assertEquals(1, all.take(H264_FORMAT));
        assertTrue("nobody needed it", renderer.runs.isEmpty());
        Watcher jpeg = new Watcher(hub, JPEG);
        assertEquals(1, jpeg.take(JPEG_FORMAT));
        assertTrue(renderer.run());
        jpeg.subscription.close();
        assertFalse("ended some seconds after the last left", renderer.run());
        Watcher again = new Watcher(hub, JPEG);
        h264(2, false);
        again.take(JPEG_FORMAT);
        assertTrue(renderer.run());
        hub.close();
        assertFalse(renderer.run());
    }

    @Test
    public void aRendererIsSwappedUnderAViewer() throws Exception {
        Pretend first = new Pretend();
        TargetHub hub = hub(Optional.of(first));
        Watcher jpeg = new Watcher(hub, JPEG);
        h264(1, true);
        assertEquals(1, jpeg.take(JPEG_FORMAT));
        hub.useRenderer(Optional.empty());
        assertTrue(first.run());
        assertFalse("it has let go when the call returns", first.runs.remove());
        jpeg.take(PlaceholderPainter.FORMAT);
        hub.useRenderer(Optional.of(new Pretend()));
        assertEquals(1, jpeg.take(JPEG_FORMAT));
        hub.close();
    }

    private TargetHub hub(Optional<JpegRenderer> renderer) {
        return new TargetHub(main, new JpegRendition(main, inner, renderer, painting));
    }

    private void h264(int first, boolean key) {
        publish(first, H264_FORMAT, key);
    }

    private void jpeg(int first) {
        publish(first, JPEG_FORMAT, true);
    }

    private void publish(int first, VideoFormat format, boolean key) {
        FrameBuffer buffer = input.acquireBuffer(16);
        buffer.writableBytes().put((byte) first).put(new byte[15]);
        input.publishFrame(buffer, format, key, System.nanoTime());
    }

    /** Takes every frame as soon as it is offered. */
    private static final class Watcher implements FrameListener {
        private final BlockingQueue<VideoFormat> formats = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> firsts = new LinkedBlockingQueue<>();
        private final List<Long> sequences = new ArrayList<>();
        private final Semaphore ended = new Semaphore(0);
        private final Subscription subscription;

        Watcher(TargetHub hub, Set<Codec> accepts) {
            subscription = hub.subscribe(this, accepts);
            onFrameAvailable();
        }

        @Override
        public synchronized void onFrameAvailable() {
            while (subscription != null) {
                Optional<Frame> next = subscription.nextFrame();
                if (next.isEmpty()) {
                    return;
                }
                try (Frame frame = next.get()) {
                    sequences.add(frame.sequence());
                    firsts.add((int) frame.encodedBytes().get(0));
                    formats.add(frame.format());
                }
            }
        }

        @Override
        public void onHubClosed() {
            ended.release();
        }

        /** The first byte of the next frame in this format; others are passed over. */
        int take(VideoFormat format) throws InterruptedException, IOException {
            while (true) {
                VideoFormat got = formats.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                if (got == null) {
                    throw new IOException("no frame in " + format);
                }
                int first = firsts.remove();
                if (got.equals(format)) {
                    return first;
                }
            }
        }
    }
}
