package org.catseye.core.video.capture;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.catseye.config.BadValueException;
import org.catseye.core.video.hub.Hub;
import org.catseye.core.video.hub.HubInput;
import org.catseye.core.video.memory.BufferPool;
import org.catseye.core.video.memory.MemoryBudget;
import org.catseye.core.video.placeholder.PlaceholderPictures;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.IncomingSignal;
import org.catseye.video.SoundCodec;
import org.catseye.video.Subscription;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;
import org.junit.After;
import org.junit.Test;

public class CaptureLoopTest {

    private static final VideoFormat FORMAT = new VideoFormat(Codec.JPEG, 320, 200);
    private static final byte[] JPEG_START = {(byte) 0xff, (byte) 0xd8};
    private static final Set<Codec> ANY = EnumSet.allOf(Codec.class);

    private final ScheduledExecutorService painting = Executors.newSingleThreadScheduledExecutor();
    private final BufferPool pool = new BufferPool(4_000_000, 1_000_000, new MemoryBudget(Long.MAX_VALUE));
    private final Hub hub = new Hub("default", pool, 1_000_000, new PlaceholderPictures(painting));
    /** What the scripted device does next; it ends when the queue says so. */
    private final BlockingQueue<Step> script = new LinkedBlockingQueue<>();
    private CaptureLoop loop;

    private interface Step {
        void run(CaptureContext context) throws IOException, InterruptedException;
    }

    @After
    public void stop() {
        if (loop != null) {
            loop.stop();
        }
        hub.close();
        painting.shutdownNow();
    }

    @Test
    public void framesReachAViewerAndTheStateIsLive() throws Exception {
        Watcher watcher = new Watcher();
        start();
        script.add(c -> frame(c, 1));
        assertEquals(1, watcher.takeLive());
        VideoState state = hub.currentState();
        assertEquals(Condition.LIVE, state.condition());
        assertEquals(Optional.of(FORMAT), state.format());
        assertEquals(1, state.viewers());
    }

    @Test
    public void soundIsNamedWhileThePictureIsLiveAndItsDeviceIsThere() throws Exception {
        Watcher watcher = new Watcher();
        start();
        script.add(c -> c.reportIncomingSignal(IncomingSignal.ofSound(Optional.of(SoundCodec.MPEG_AUDIO))));
        script.add(c -> frame(c, 1));
        assertEquals(1, watcher.takeLive());
        assertEquals(Optional.of(SoundCodec.MPEG_AUDIO), hub.currentState().incoming().sound());
        script.add(c -> {
            throw new IOException("unplugged");
        });
        script.add(c -> frame(c, 2));
        assertEquals(2, watcher.takeLive());
        assertEquals(IncomingSignal.UNKNOWN, hub.currentState().incoming());
    }

    @Test
    public void aLackOfMemoryIsSaidAndOverWithTheNextFrame() throws Exception {
        Watcher watcher = new Watcher();
        start();
        script.add(c -> frame(c, 1));
        assertEquals(1, watcher.takeLive());
        CountDownLatch refused = new CountDownLatch(1);
        script.add(c -> {
            for (int i = 0; i < 20; i++) {
                assertEquals(Optional.empty(), c.acquireSlot(2_000_000));
            }
            c.reportSignal(Signal.STALE, "Datagrams were lost.");
            refused.countDown();
        });
        assertTrue(refused.await(10, TimeUnit.SECONDS));
        VideoState state = hub.currentState();
        assertEquals(Condition.LIVE, state.condition());
        assertTrue(state.stale());
        assertTrue(state.reason(), state.reason().startsWith("A frame of 1953 KiB is beyond the limit"));
        assertEquals(20, state.lost());
        script.add(c -> frame(c, 2));
        assertEquals(2, watcher.takeLive());
        assertEquals("The picture is live.", hub.currentState().reason());
        assertFalse(hub.currentState().stale());
    }

    @Test
    public void whatIsNoPictureIsNotShownAndTheStateSaysSo() throws Exception {
        Watcher watcher = new Watcher();
        start();
        script.add(c -> frame(c, 1));
        assertEquals(1, watcher.takeLive());
        doStep(c -> {
            for (int i = 0; i < 20; i++) {
                publish(c, FORMAT, new byte[51]);
            }
            c.reportSignal(Signal.CONNECTING, "Opening it again.");
        });
        VideoState state = hub.currentState();
        assertEquals("its driver does not know better", Condition.CONNECTING, state.condition());
        assertTrue(state.reason(), state.reason().startsWith("The capture device delivers data that is no JPEG picture."));
        assertEquals(20, state.lost());
        doStep(c -> {
            for (int i = 0; i < 20; i++) {
                publish(c, new VideoFormat(Codec.JPEG, 0xffff, 0xffff), new byte[] {(byte) 0xff, (byte) 0xd8, 0});
            }
        });
        assertTrue(hub.currentState().lost() == 40 && hub.currentState().format().isEmpty());
        script.add(c -> frame(c, 2));
        assertEquals(2, watcher.takeLive());
        assertEquals("The picture is live.", hub.currentState().reason());
    }

    @Test
    public void aDriverThatKeepsItsSlotsCostsFewAndTheyComeBack() throws Exception {
        start();
        doStep(c -> {
            for (int i = 0; i < 100; i++) {
                c.acquireSlot(1_000);
            }
        });
        VideoState state = hub.currentState();
        assertEquals("The driver of the capture device keeps the memory of pictures that it does not deliver. Its bundle has a defect: update it, or remove"
            + " it.", state.reason());
        script.add(c -> {
            throw new IOException("The end.");
        });
        doStep(c -> assertTrue("it can go on", c.acquireSlot(1_000).isPresent()));
        loop.stop();
        pool.releaseFreeBuffers();
        assertEquals("all came back", 0, pool.allocatedBytes());
    }

    @Test
    public void nonsenseOfADriverReachesNobody() throws Exception {
        start();
        doStep(c -> {
            for (Step step : List.<Step>of(x -> x.reportSignal(Signal.NO_SIGNAL, null), x -> x.reportSignal(null, "a reason"),
                    x -> x.reportIncomingSignal(null), x -> publish(x, null, JPEG_START))) {
                assertThrows(NullPointerException.class, () -> step.run(c));
            }
            c.reportSignal(Signal.NO_SIGNAL, "x".repeat(1_000_000));
        });
        assertTrue("cut", hub.currentState().reason().length() < 2_000);
        loop.stop();
        pool.releaseFreeBuffers();
        assertEquals(0, pool.allocatedBytes());
    }

    private void doStep(Step step) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        script.add(c -> {
            try {
                step.run(c);
            } catch (Throwable e) {
                failure.set(e);
            }
            done.countDown();
        });
        assertTrue("done in time", done.await(10, TimeUnit.SECONDS));
        assertNull(failure.get());
    }

    private static void publish(CaptureContext context, VideoFormat format, byte[] bytes) {
        Slot slot = context.acquireSlot(100).orElseThrow();
        slot.buffer().put(bytes);
        context.publishFrame(slot, format, true, System.nanoTime());
    }

    @Test
    public void slowViewerDoesNotDelayCaptureOrOthers() throws Exception {
        Subscription stuck = hub.subscribe(() -> { }, ANY);
        Watcher quick = new Watcher();
        start();
        script.add(c -> frame(c, 1));
        assertEquals(1, quick.takeLive());
        Frame held = stuck.nextFrame().get();
        for (int i = 2; i <= 50; i++) {
            int number = i;
            script.add(c -> frame(c, number));
            assertEquals(i, quick.takeLive());
        }
        assertEquals("its frame is still whole", 1, held.encodedBytes().get(JPEG_START.length));
        held.close();
        assertEquals("and it goes on with the newest", 50, stuck.nextFrame().get().encodedBytes().get(JPEG_START.length));
    }

    @Test
    public void aViewerThatThrowsIsPutOutAndHarmsNobody() throws Exception {
        hub.subscribe(() -> {
            throw new IllegalStateException("on purpose");
        }, ANY);
        Watcher watcher = new Watcher();
        start();
        script.add(c -> frame(c, 1));
        script.add(c -> frame(c, 2));
        assertEquals(1, watcher.takeLive());
        assertEquals(2, watcher.takeLive());
        assertEquals(1, hub.currentState().viewers());
    }

    @Test
    public void aDeviceThatFailsIsTriedAgainAndItsWordsAreShown() throws Exception {
        Watcher watcher = new Watcher();
        start();
        script.add(c -> {
            throw new IOException("/dev/video0 is used by another program (EBUSY)");
        });
        watcher.awaitState(Condition.CONNECTING, "/dev/video0 is used by another program (EBUSY)");
        script.add(c -> frame(c, 7));
        assertEquals(7, watcher.takeLive());
    }

    @Test
    public void aDriverThatIsBrokenIsSurvived() throws Exception {
        Watcher watcher = new Watcher();
        start();
        script.add(c -> {
            throw new NoClassDefFoundError("on purpose");
        });
        script.add(c -> frame(c, 9));
        assertEquals(9, watcher.takeLive());
    }

    @Test
    public void withoutAPictureWordsAreShown() throws Exception {
        Watcher watcher = new Watcher();
        start();
        script.add(c -> c.reportSignal(Signal.NO_SIGNAL, "The target is switched off."));
        watcher.awaitState(Condition.NO_SIGNAL, "The target is switched off.");
        assertTrue("a JPEG of some size came", watcher.takeBytes(5_000));
        assertEquals(Condition.NO_SIGNAL, hub.currentState().condition());
    }

    @Test
    public void aPictureThatStandsStillStaysOnTheScreenAndSaysWhy() throws Exception {
        Watcher watcher = new Watcher();
        start();
        script.add(c -> frame(c, 1));
        script.add(c -> c.reportSignal(Signal.STALE, "Something was lost."));
        assertEquals(1, watcher.takeLive());
        watcher.awaitState(Condition.LIVE, "Something was lost.");
        assertTrue(hub.currentState().stale());
        assertEquals(Optional.of(FORMAT), hub.currentState().format());
        script.add(c -> frame(c, 2));
        watcher.awaitState(Condition.LIVE, "The picture is live.");
        assertEquals("no placeholder in between", 2, watcher.takeNext());
        assertFalse(hub.currentState().stale());
    }

    @Test
    public void whereThereIsNoPictureAStaleOneIsOnlyOnItsWay() throws Exception {
        Watcher watcher = new Watcher();
        start();
        script.add(c -> c.reportSignal(Signal.STALE, "Waiting for the first whole one."));
        watcher.awaitState(Condition.CONNECTING, "Waiting for the first whole one.");
    }

    @Test
    public void aWrongSettingIsSaidOnceAndStaysSaidUntilItIsRight() throws Exception {
        Watcher watcher = new Watcher();
        BadValueException mistake = new BadValueException("org.example~bay1", "width", "abc", "a whole number from 1 to 4096");
        String words = "org.example~bay1: width is 'abc'; it has to be a whole number from 1 to 4096";
        CountDownLatch tries = new CountDownLatch(3);
        start();
        for (int i = 0; i < 3; i++) {
            script.add(c -> {
                c.reportSignal(Signal.CONNECTING, "opening it");
                tries.countDown();
                throw mistake;
            });
        }
        watcher.awaitState(Condition.MISCONFIGURED, words);
        int said = watcher.states.size();
        assertTrue("it is tried again", tries.await(10, TimeUnit.SECONDS));
        assertEquals("and nothing new is said", said, watcher.states.size());
        script.add(c -> c.reportSignal(Signal.NO_SIGNAL, "The target is switched off."));
        watcher.awaitState(Condition.NO_SIGNAL, "The target is switched off.");
    }

    @Test
    public void aViewerWhoComesLaterSeesTheWordsToo() throws Exception {
        start();
        script.add(c -> c.reportSignal(Signal.NO_DEVICE, "Nothing is plugged in."));
        new Watcher().awaitBytes();
        new Watcher().awaitBytes();
    }

    @Test
    public void theDeviceIsWokenWhenViewersComeAndWhenItMustStop() throws Exception {
        CountDownLatch woken = new CountDownLatch(1);
        AtomicReference<CaptureContext> seen = new AtomicReference<>();
        AtomicInteger wakes = new AtomicInteger();
        start();
        script.add(c -> {
            seen.set(c);
            c.setWakeAction(() -> {
                wakes.incrementAndGet();
                woken.countDown();
            });
            hub.subscribe(() -> { }, ANY);
        });
        assertTrue(woken.await(5, TimeUnit.SECONDS));
        assertEquals(1, seen.get().viewerCount());
        int before = wakes.get();
        loop.stop();
        assertTrue("woken to stop", wakes.get() > before);
        assertTrue(seen.get().isStopped());
    }

    @Test
    public void aDriverThatLingersTalksToADeadContext() throws Exception {
        AtomicReference<CaptureContext> seen = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        start();
        script.add(c -> {
            seen.set(c);
            started.countDown();
        });
        assertTrue(started.await(5, TimeUnit.SECONDS));
        loop.stop();
        VideoState before = hub.currentState();
        seen.get().reportSignal(Signal.NO_SIGNAL, "too late");
        assertFalse(seen.get().acquireSlot(100).isPresent());
        assertEquals(before.reason(), hub.currentState().reason());
    }

    @Test
    public void framesWithoutABufferAreCountedAsLost() throws Exception {
        start();
        CountDownLatch done = new CountDownLatch(1);
        script.add(c -> {
            assertFalse(c.acquireSlot(2_000_000).isPresent());
            c.reportLostFrames(3);
            done.countDown();
        });
        assertTrue(done.await(5, TimeUnit.SECONDS));
        assertEquals(4, hub.currentState().lost());
    }

    @Test
    public void noBufferIsLeftWhenEverythingEnded() throws Exception {
        Watcher watcher = new Watcher();
        start();
        for (int i = 1; i <= 20; i++) {
            int number = i;
            script.add(c -> frame(c, number));
            watcher.takeLive();
        }
        loop.stop();
        hub.close();
        pool.releaseFreeBuffers();
        assertEquals(0, pool.allocatedBytes());
        assertTrue("the viewer was told", watcher.ended.await(5, TimeUnit.SECONDS));
    }

    private void start() {
        CaptureDevice device = context -> {
            while (!context.isStopped()) {
                script.take().run(context);
            }
        };
        HubInput input = hub.openInput();
        hub.selectInput(input, "", IncomingSignal.UNKNOWN);
        loop = new CaptureLoop(input, device, "the scripted device");
        hub.setSource(Optional.of(loop));
        loop.start();
    }

    private static void frame(CaptureContext context, int content) {
        Slot slot = context.acquireSlot(100).orElseThrow();
        slot.buffer().put(JPEG_START).put((byte) content).put(new byte[48]);
        context.publishFrame(slot, FORMAT, true, System.nanoTime());
    }

    /** A viewer that takes everything it is offered. */
    private final class Watcher implements FrameListener {
        private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
        private final List<VideoState> states = new CopyOnWriteArrayList<>();
        private final CountDownLatch ended = new CountDownLatch(1);
        private final Subscription subscription = hub.subscribe(this, ANY);

        @Override
        public synchronized void onFrameAvailable() {
            if (subscription == null) {
                return;
            }
            subscription.nextFrame().ifPresent(frame -> {
                byte[] copy = new byte[frame.encodedBytes().limit()];
                frame.encodedBytes().duplicate().get(copy);
                frame.close();
                frames.add(copy);
            });
        }

        @Override
        public void onStateChanged(VideoState state) {
            states.add(state);
            synchronized (states) {
                states.notifyAll();
            }
        }

        @Override
        public void onHubClosed() {
            ended.countDown();
        }

        int takeNext() throws InterruptedException {
            byte[] frame = frames.poll(5, TimeUnit.SECONDS);
            return frame == null ? -1 : frame[JPEG_START.length];
        }

        /** Skips pictures in words. */
        int takeLive() throws InterruptedException {
            for (;;) {
                byte[] frame = frames.poll(5, TimeUnit.SECONDS);
                if (frame == null || frame.length == 51) {
                    return frame == null ? -1 : frame[JPEG_START.length];
                }
            }
        }

        boolean takeBytes(int least) throws InterruptedException {
            byte[] frame = frames.poll(10, TimeUnit.SECONDS);
            return frame != null && frame.length >= least;
        }

        void awaitBytes() throws InterruptedException {
            onFrameAvailable();
            assertTrue("words were painted", takeBytes(1_000));
            subscription.close();
        }

        void awaitState(Condition condition, String reason) throws InterruptedException {
            synchronized (states) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
                while (states.stream().noneMatch(s -> s.condition() == condition && s.reason().equals(reason))) {
                    assertTrue("state came: " + states, System.nanoTime() < end);
                    states.wait(100);
                }
            }
        }
    }
}
