package org.catseye.core.video.rendition;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.catseye.core.video.hub.Hub;
import org.catseye.core.video.hub.HubInput;
import org.catseye.core.video.memory.BufferPool;
import org.catseye.core.video.memory.FrameBuffer;
import org.catseye.core.video.memory.MemoryBudget;
import org.catseye.core.video.placeholder.PlaceholderPainter;
import org.catseye.core.video.placeholder.PlaceholderPictures;
import org.catseye.video.Codec;
import org.catseye.video.Delivery;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.IncomingSignal;
import org.catseye.video.PictureQuality;
import org.catseye.video.Subscription;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.VideoStatistics;
import org.catseye.video.VideoStatistics.EncoderTotals;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.EncoderSettings;
import org.catseye.video.spi.JpegRenderer;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;
import org.catseye.video.spi.VideoEncoder;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class RenditionsTest {

    private static final Set<Codec> JPEG = EnumSet.of(Codec.JPEG);
    private static final byte[] JPEG_START = {(byte) 0xff, (byte) 0xd8, 0, 0};
    private static final byte[] H264_START = {0, 0, 0, 1};
    /** The place of the byte that tells frames apart. */
    private static final int CONTENT = 4;
    private static final VideoFormat H264_FORMAT = new VideoFormat(Codec.H264, 320, 200);
    private static final VideoFormat JPEG_FORMAT = new VideoFormat(Codec.JPEG, 320, 200);
    private static final long PATIENCE_MILLIS = 10_000;

    private final ScheduledExecutorService painting = Executors.newSingleThreadScheduledExecutor();
    private final PlaceholderPictures placeholders = new PlaceholderPictures(painting);
    private final Hub main = createHub("");
    /** Time that passes without a wait. */
    private final AtomicLong passed = new AtomicLong();
    private final Renditions renditions = new Renditions(main, this::createHub, painting, () -> System.nanoTime() + passed.get());

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
                slot.buffer().put(JPEG_START).put(frame.encodedBytes().get(CONTENT)).put(new byte[11]);
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
        renditions.useRenderer(Optional.of(new Pretend()));
        h264(2, false);
        jpeg.take(JPEG_FORMAT);
        hub.close();
    }

    @Test
    public void aViewerOfH264LearnsThatNothingMakesIt() throws Exception {
        TargetHub hub = hub(Optional.empty());
        jpeg(1);
        assertEquals(Condition.NO_DEVICE, hub.currentState(EnumSet.of(Codec.H264)).condition());
        assertEquals(Renditions.NO_ENCODER_REASON, hub.currentState(EnumSet.of(Codec.H264)).reason());
        assertEquals(Condition.LIVE, hub.currentState(EnumSet.allOf(Codec.class)).condition());
        h264(2, true);
        assertEquals("from the device", Condition.LIVE, hub.currentState(EnumSet.of(Codec.H264)).condition());
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
        renditions.useRenderer(Optional.empty());
        assertTrue(first.run());
        assertFalse("it has let go when the call returns", first.runs.remove());
        jpeg.take(PlaceholderPainter.FORMAT);
        renditions.useRenderer(Optional.of(new Pretend()));
        assertEquals(1, jpeg.take(JPEG_FORMAT));
        hub.close();
    }

    /** Encodes each frame of the source as one frame that begins with the same byte. */
    private static final class PretendEncoder implements VideoEncoder {
        private final VideoFormat format;
        private final Semaphore gate = new Semaphore(1);
        private final AtomicInteger runs = new AtomicInteger();
        private volatile Optional<Signal> trouble = Optional.empty();
        private volatile Optional<String> missing = Optional.empty();
        private volatile boolean fails;
        private volatile boolean publishesChangesOnly;
        private byte last;

        PretendEncoder(VideoFormat format) {
            this.format = format;
        }

        @Override
        public CaptureDevice createRendition(VideoHub source, EncoderSettings settings) {
            return context -> {
                runs.incrementAndGet();
                AtomicBoolean first = new AtomicBoolean(true);
                if (missing.isPresent()) {
                    context.reportSignal(Signal.NO_DEVICE, missing.get());
                    throw new IOException(missing.get());
                }
                if (fails) {
                    throw new IOException("There is not enough memory.");
                }
                gate.acquire();
                gate.release();
                Semaphore woken = new Semaphore(0);
                context.setWakeAction(woken::release);
                try (Subscription subscription = source.subscribe(woken::release, EnumSet.allOf(Codec.class))) {
                    while (!context.isStopped()) {
                        Optional<Frame> next = subscription.nextFrame();
                        if (next.isPresent() && trouble.isPresent()) {
                            context.reportSignal(trouble.get(), "The encoder hangs.");
                        } else {
                            next.ifPresent(frame -> encode(frame, context, first));
                        }
                        next.ifPresent(Frame::close);
                        woken.tryAcquire(20, TimeUnit.MILLISECONDS);
                    }
                }
            };
        }

        private void encode(Frame frame, CaptureContext context, AtomicBoolean first) {
            boolean same = frame.encodedBytes().get(CONTENT) == last;
            last = frame.encodedBytes().get(CONTENT);
            if (publishesChangesOnly && same && !context.isKeyFrameRequested()) {
                return;
            }
            Slot slot = context.acquireSlot(16).orElseThrow();
            slot.buffer().put(format.codec() == Codec.JPEG ? JPEG_START : H264_START).put(frame.encodedBytes().get(CONTENT)).put(new byte[11]);
            context.reportProcessorTime(1_000);
            context.publishFrame(slot, format, first.getAndSet(false) || format.codec() == Codec.JPEG || context.isKeyFrameRequested(), frame.capturedNanos());
        }

        @Override
        public String displayName() {
            return "pretend";
        }
    }

    private Hub createHub(String name) {
        return new Hub("default" + name, new BufferPool(8_000_000, 1_000_000, new MemoryBudget(Long.MAX_VALUE)), 1_000_000, placeholders);
    }

    private static final VideoFormat SMALL_H264 = new VideoFormat(Codec.H264, 160, 100);
    private static final VideoFormat SMALL_JPEG = new VideoFormat(Codec.JPEG, 160, 100);

    @Test
    public void aSlowViewerSeesTheSourceUntilTheEncoderDelivers() throws Exception {
        PretendEncoder encoder = new PretendEncoder(SMALL_H264);
        encoder.gate.acquire();
        renditions.useEncoder(Codec.H264, Optional.of(encoder));
        TargetHub hub = hub(Optional.empty());
        jpeg(1);
        Watcher slow = new Watcher(hub, EnumSet.allOf(Codec.class), PictureQuality.SLOW);
        Watcher second = new Watcher(hub, EnumSet.allOf(Codec.class), PictureQuality.SLOW);
        assertTrue("it waits a little", slow.formats.isEmpty());
        TimeUnit.MILLISECONDS.sleep(1_100);
        jpeg(1);
        assertEquals(1, slow.take(JPEG_FORMAT));
        assertEquals(PictureQuality.SHARP, slow.subscription.currentDelivery().quality());
        jpeg(2);
        assertEquals("nothing is missed", 2, slow.take(JPEG_FORMAT));
        encoder.gate.release();
        slow.take(SMALL_H264);
        jpeg(3);
        assertEquals(3, slow.take(SMALL_H264));
        assertEquals(new Delivery(PictureQuality.SLOW, "pretend", ""), slow.subscription.currentDelivery());
        second.take(SMALL_H264);
        assertEquals("one encoder for both", 1, encoder.runs.get());
        slow.formats.clear();
        slow.firsts.clear();
        slow.subscription.changeQuality(PictureQuality.SHARP);
        assertEquals("a still picture becomes sharp", 3, slow.take(JPEG_FORMAT));
        jpeg(4);
        assertEquals(4, slow.take(JPEG_FORMAT));
        assertEquals(Delivery.UNCHANGED, slow.subscription.currentDelivery());
        List<Long> sorted = slow.sequences.stream().sorted().distinct().toList();
        assertEquals(sorted, slow.sequences);
        hub.close();
    }

    @Test
    public void aViewerWhoseLineWasBusyJoinsARenditionAtANewKeyFrame() throws Exception {
        PretendEncoder encoder = new PretendEncoder(SMALL_H264);
        encoder.gate.acquire();
        renditions.useEncoder(Codec.H264, Optional.of(encoder));
        TargetHub hub = hub(Optional.empty());
        jpeg(1);
        Watcher fast = new Watcher(hub, EnumSet.allOf(Codec.class), PictureQuality.SLOW);
        Subscription busy = hub.subscribe(() -> { }, EnumSet.allOf(Codec.class), PictureQuality.SLOW);
        // Longer than a viewer waits for an encoder to start.
        TimeUnit.MILLISECONDS.sleep(1_100);
        try (Frame frame = busy.nextFrame().orElseThrow()) {
            assertEquals(JPEG_FORMAT, frame.format());
        }
        encoder.gate.release();
        fast.take(SMALL_H264);
        for (int i = 2; i < 60; i++) {
            jpeg(i);
            fast.take(SMALL_H264);
        }
        Optional<Frame> next = busy.nextFrame();
        for (int i = 60; i < 100 && next.isEmpty(); i++) {
            jpeg(i);
            fast.take(SMALL_H264);
            next = busy.nextFrame();
        }
        assertEquals("not a frame of the source, which takes the line long again", SMALL_H264, next.orElseThrow().format());
        assertTrue(next.orElseThrow().isKeyFrame());
        next.orElseThrow().close();
        busy.close();
        hub.close();
    }

    @Test
    public void theOldQualityContinuesUntilTheNewDelivers() throws Exception {
        PretendEncoder encoder = new PretendEncoder(SMALL_H264);
        renditions.useEncoder(Codec.H264, Optional.of(encoder));
        TargetHub hub = hub(Optional.empty());
        jpeg(1);
        Watcher viewer = new Watcher(hub, EnumSet.allOf(Codec.class), PictureQuality.BALANCED);
        viewer.take(SMALL_H264);
        encoder.gate.acquire();
        viewer.formats.clear();
        viewer.firsts.clear();
        viewer.received.clear();
        viewer.subscription.changeQuality(PictureQuality.SLOW);
        for (int i = 2; i < 5; i++) {
            jpeg(i);
            assertEquals(i, viewer.take(SMALL_H264));
        }
        encoder.gate.release();
        jpeg(5);
        viewer.take(SMALL_H264);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (viewer.subscription.currentDelivery().quality() != PictureQuality.SLOW && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertEquals(PictureQuality.SLOW, viewer.subscription.currentDelivery().quality());
        assertEquals("no sharp frame between", List.of(SMALL_H264), viewer.received.stream().distinct().toList());
        List<Long> sorted = viewer.sequences.stream().sorted().distinct().toList();
        assertEquals(sorted, viewer.sequences);
        hub.close();
    }

    @Test
    public void theOldQualityEndsWhenTheNewFails() throws Exception {
        PretendEncoder encoder = new PretendEncoder(SMALL_JPEG);
        renditions.useEncoder(Codec.JPEG, Optional.of(encoder));
        TargetHub hub = hub(Optional.empty());
        jpeg(1);
        Watcher viewer = new Watcher(hub, JPEG, PictureQuality.BALANCED);
        viewer.take(SMALL_JPEG);
        encoder.fails = true;
        viewer.subscription.changeQuality(PictureQuality.SLOW);
        passed.addAndGet(TimeUnit.SECONDS.toNanos(2));
        awaitReason(viewer, "There is not enough memory.");
        jpeg(2);
        viewer.take(JPEG_FORMAT);
        assertEquals("so it can release its memory", 0, hub.currentStatistics().encoders().get(0).viewers());
        jpeg(3);
        encoder.fails = false;
        assertEquals(3, viewer.take(SMALL_JPEG));
        assertEquals(PictureQuality.SLOW, viewer.subscription.currentDelivery().quality());
        hub.close();
    }

    @Test
    public void aViewerLooksForAnEncoderUntilThereIsOne() throws Exception {
        TargetHub hub = hub(Optional.empty());
        jpeg(1);
        Watcher slow = new Watcher(hub, JPEG, PictureQuality.SLOW);
        assertEquals(1, slow.take(JPEG_FORMAT));
        PretendEncoder encoder = new PretendEncoder(SMALL_JPEG);
        encoder.missing = Optional.of("Install it.");
        renditions.useEncoder(Codec.JPEG, Optional.of(encoder));
        slow.subscription.changeQuality(PictureQuality.SLOW);
        assertEquals("not at each call", 0, encoder.runs.get());
        passed.addAndGet(TimeUnit.SECONDS.toNanos(11));
        slow.subscription.changeQuality(PictureQuality.SLOW);
        awaitReason(slow, "Install it.");
        encoder.missing = Optional.empty();
        jpeg(2);
        assertEquals("it is missing for a minute", 2, slow.take(JPEG_FORMAT));
        passed.addAndGet(TimeUnit.SECONDS.toNanos(61));
        slow.subscription.changeQuality(PictureQuality.SLOW);
        jpeg(3);
        assertEquals(3, slow.take(SMALL_JPEG));
        hub.close();
    }

    private static void awaitReason(Watcher viewer, String reason) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!viewer.subscription.currentDelivery().reason().equals(reason) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertEquals(reason, viewer.subscription.currentDelivery().reason());
    }

    @Test
    public void aChangeOfTheQualityLeavesNoGapInTheNumbers() throws Exception {
        renditions.useEncoder(Codec.JPEG, Optional.of(new PretendEncoder(SMALL_JPEG)));
        TargetHub hub = hub(Optional.empty());
        jpeg(1);
        Watcher viewer = new Watcher(hub, JPEG, PictureQuality.SLOW);
        viewer.take(SMALL_JPEG);
        for (int i = 2; i < 50; i++) {
            jpeg(i);
        }
        viewer.take(SMALL_JPEG);
        viewer.subscription.changeQuality(PictureQuality.SHARP);
        viewer.take(JPEG_FORMAT);
        int moved = viewer.received.indexOf(JPEG_FORMAT);
        assertEquals(viewer.sequences.get(moved - 1) + 1, (long) viewer.sequences.get(moved));
        hub.close();
    }

    @Test
    public void aHangingEncoderCostsNoPicture() throws Exception {
        PretendEncoder encoder = new PretendEncoder(SMALL_H264);
        renditions.useEncoder(Codec.H264, Optional.of(encoder));
        TargetHub hub = hub(Optional.empty());
        jpeg(1);
        Watcher slow = new Watcher(hub, EnumSet.allOf(Codec.class), PictureQuality.SLOW);
        slow.take(SMALL_H264);
        encoder.trouble = Optional.of(Signal.STALE);
        jpeg(2);
        assertEquals(2, slow.take(JPEG_FORMAT));
        assertEquals("The encoder hangs.", slow.subscription.currentDelivery().reason());
        encoder.trouble = Optional.empty();
        jpeg(3);
        jpeg(4);
        slow.take(SMALL_H264);
        slow.assertDecodable();
        input.showCondition(Condition.NO_SIGNAL, "dark");
        slow.take(PlaceholderPainter.FORMAT);
        renditions.useEncoder(Codec.H264, Optional.empty());
        jpeg(4);
        assertEquals(4, slow.take(JPEG_FORMAT));
        assertEquals(Renditions.NO_ENCODER_REASON, slow.subscription.currentDelivery().reason());
        hub.close();
    }

    @Test
    public void theJpegEncoderHelpsWhereTheOtherIsNotInstalled() throws Exception {
        PretendEncoder h264 = new PretendEncoder(SMALL_H264);
        h264.missing = Optional.of("Install it.");
        PretendEncoder jpeg = new PretendEncoder(SMALL_JPEG);
        renditions.useEncoder(Codec.H264, Optional.of(h264));
        TargetHub hub = hub(Optional.empty());
        jpeg(1);
        Watcher slow = new Watcher(hub, EnumSet.allOf(Codec.class), PictureQuality.SLOW);
        assertEquals("not installed, so it need not wait", 1, slow.take(JPEG_FORMAT));
        awaitReason(slow, "Install it.");
        renditions.useEncoder(Codec.JPEG, Optional.of(jpeg));
        slow.subscription.changeQuality(PictureQuality.BALANCED);
        slow.subscription.changeQuality(PictureQuality.SLOW);
        slow.take(SMALL_JPEG);
        Watcher jpegOnly = new Watcher(hub, JPEG, PictureQuality.BALANCED);
        jpeg(2);
        assertEquals(2, jpegOnly.take(SMALL_JPEG));
        hub.close();
    }

    @Test
    public void theJpegEncoderHelpsWhereTheOtherFailsForLong() throws Exception {
        PretendEncoder h264 = new PretendEncoder(SMALL_H264);
        h264.trouble = Optional.of(Signal.CONNECTING);
        renditions.useEncoder(Codec.H264, Optional.of(h264));
        renditions.useEncoder(Codec.JPEG, Optional.of(new PretendEncoder(SMALL_JPEG)));
        TargetHub hub = hub(Optional.empty());
        jpeg(1);
        Watcher slow = new Watcher(hub, EnumSet.allOf(Codec.class), PictureQuality.SLOW);
        for (int i = 0; i < 100 && !slow.received.contains(SMALL_JPEG); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            jpeg(i);
        }
        slow.take(SMALL_JPEG);
        assertEquals("the device's pictures bridge the time", JPEG_FORMAT, slow.received.get(0));
        Watcher next = new Watcher(hub, EnumSet.allOf(Codec.class), PictureQuality.SLOW);
        jpeg(2);
        next.take(SMALL_JPEG);
        assertFalse("the next viewer need not wait", next.received.contains(JPEG_FORMAT));
        hub.close();
    }

    @Test
    public void aViewerThatComesToAStillPictureGetsItAgain() throws Exception {
        PretendEncoder encoder = new PretendEncoder(SMALL_JPEG);
        encoder.publishesChangesOnly = true;
        renditions.useEncoder(Codec.JPEG, Optional.of(encoder));
        TargetHub hub = hub(Optional.empty());
        jpeg(1);
        Watcher first = new Watcher(hub, JPEG, PictureQuality.SLOW);
        first.take(SMALL_JPEG);
        Watcher second = new Watcher(hub, JPEG);
        jpeg(1);
        second.take(JPEG_FORMAT);
        second.subscription.changeQuality(PictureQuality.SLOW);
        jpeg(1);
        assertEquals(1, second.take(SMALL_JPEG));
        hub.close();
    }

    @Test
    public void framesOfViewersAndEncodersAreCounted() throws Exception {
        renditions.useEncoder(Codec.JPEG, Optional.of(new PretendEncoder(SMALL_JPEG)));
        TargetHub hub = hub(Optional.empty());
        Watcher sharp = new Watcher(hub, JPEG);
        jpeg(1);
        sharp.take(JPEG_FORMAT);
        Watcher slow = new Watcher(hub, JPEG, PictureQuality.SLOW);
        jpeg(2);
        assertEquals(2, slow.take(SMALL_JPEG));
        VideoStatistics now = hub.currentStatistics();
        assertTrue("two frames of 16 bytes, and perhaps a placeholder: " + now.bytes(), now.bytes() == 32 || now.bytes() > 1_000);
        assertEquals(1, now.encoders().size());
        EncoderTotals slowly = now.encoders().get(0);
        assertEquals(new EncoderTotals(PictureQuality.SLOW, Codec.JPEG, "pretend", 1, slowly.frames(), 16 * slowly.frames(), 1_000 * slowly.frames()), slowly);
        assertTrue(now.toString(), now.deliveredFrames() >= 3 && now.deliveredBytes() >= 48);
        for (int i = 3; i < 10; i++) {
            jpeg(i);
            assertEquals(i, slow.take(SMALL_JPEG));
        }
        renditions.useEncoder(Codec.JPEG, Optional.of(new PretendEncoder(SMALL_JPEG)));
        assertTrue("another encoder begins at 0", hub.currentStatistics().encoders().stream().allMatch(one -> one.frames() < 7));
        assertTrue(hub.currentStatistics().deliveredFrames() >= now.deliveredFrames());
        hub.close();
    }

    @Test
    public void aViewerThatIsLateSkipsFrames() throws Exception {
        TargetHub hub = hub(Optional.empty());
        Subscription late = hub.subscribe(() -> { }, JPEG);
        jpeg(1);
        late.nextFrame().orElseThrow().close();
        jpeg(2);
        jpeg(3);
        jpeg(4);
        late.nextFrame().orElseThrow().close();
        assertEquals(2, hub.currentStatistics().skippedFrames());
        assertEquals(2, hub.currentStatistics().deliveredFrames());
        assertEquals(List.of(), hub.currentStatistics().encoders());
        hub.close();
    }

    private TargetHub hub(Optional<JpegRenderer> renderer) {
        renditions.useRenderer(renderer);
        return new TargetHub(main, renditions);
    }

    private void h264(int first, boolean key) {
        publish(first, H264_FORMAT, key);
    }

    private void jpeg(int first) {
        publish(first, JPEG_FORMAT, true);
    }

    private void publish(int first, VideoFormat format, boolean key) {
        FrameBuffer buffer = input.acquireBuffer(16);
        buffer.writableBytes().put(new byte[CONTENT]).put((byte) first).put(new byte[11]);
        input.publishFrame(buffer, format, key, System.nanoTime());
    }

    /** Takes every frame as soon as it is offered. */
    private static final class Watcher implements FrameListener {
        private final BlockingQueue<VideoFormat> formats = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> firsts = new LinkedBlockingQueue<>();
        private final List<Long> sequences = new ArrayList<>();
        /** Of all frames, also those that were taken. */
        private final List<VideoFormat> received = new CopyOnWriteArrayList<>();
        private final List<Boolean> keys = new CopyOnWriteArrayList<>();
        private final Semaphore ended = new Semaphore(0);
        private final Subscription subscription;

        Watcher(TargetHub hub, Set<Codec> accepts) {
            this(hub, accepts, PictureQuality.SHARP);
        }

        Watcher(TargetHub hub, Set<Codec> accepts, PictureQuality quality) {
            subscription = quality == PictureQuality.SHARP ? hub.subscribe(this, accepts) : hub.subscribe(this, accepts, quality);
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
                    firsts.add((int) frame.encodedBytes().get(CONTENT));
                    received.add(frame.format());
                    keys.add(frame.isKeyFrame());
                    formats.add(frame.format());
                }
            }
        }

        @Override
        public void onHubClosed() {
            ended.release();
        }

        /** After another codec, H.264 begins with a key frame. */
        void assertDecodable() {
            for (int i = 1; i < keys.size(); i++) {
                boolean moved = received.get(i).codec() == Codec.H264 && received.get(i - 1).codec() != Codec.H264;
                assertTrue(received + " " + keys, !moved || keys.get(i));
            }
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
