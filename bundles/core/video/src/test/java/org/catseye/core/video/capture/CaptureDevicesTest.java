package org.catseye.core.video.capture;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.catseye.config.BadValueException;
import org.catseye.core.video.hub.Hub;
import org.catseye.core.video.memory.BufferPool;
import org.catseye.core.video.memory.MemoryBudget;
import org.catseye.core.video.placeholder.PlaceholderPictures;
import org.catseye.services.RankedServices;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.targets.Target;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.IncomingSignal;
import org.catseye.video.SoundCodec;
import org.catseye.video.Subscription;
import org.catseye.video.VideoState;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Constants;

/** Several devices of one target; which of them runs and which is shown. */
public class CaptureDevicesTest {

    private static final long TIMEOUT_MILLIS = 10_000;
    private static final long STICK_ID = 7;
    private static final long BOX_ID = 3;
    private static final int FRAMES = 2_000;

    private final ScheduledExecutorService painting = Executors.newSingleThreadScheduledExecutor();
    private final BufferPool pool = new BufferPool(4_000_000, 1_000_000, new MemoryBudget(Long.MAX_VALUE));
    private final Hub hub = new Hub("default", pool, 1_000_000, new PlaceholderPictures(painting));
    private final ManualTimer timer = new ManualTimer();
    private final CaptureWatch watch = new CaptureWatch();
    private final CaptureDevices devices = new CaptureDevices(hub, timer, watch);
    private final RankedServices<CaptureDevice> services = new RankedServices<>();
    /** The better one, although it is younger. */
    private final ScriptedDevice stick = new ScriptedDevice();
    private final ScriptedDevice box = new ScriptedDevice();
    private final Watcher watcher = new Watcher();

    @Before
    public void connect() {
        hub.setSource(Optional.of(devices));
    }

    @After
    public void stop() {
        devices.close();
        hub.close();
        painting.shutdownNow();
    }

    @Test
    public void aDeviceThatNeverHadASourceMakesRoomForTheNextAtOnce() throws Exception {
        bindBoth();
        stick.report(Signal.NO_DEVICE, "No stick is plugged in.");
        box.publish(1);
        assertEquals(1, watcher.takeFrame());
        VideoState state = hub.currentState();
        assertEquals(Condition.LIVE, state.condition());
        assertEquals("The picture is live and comes from the box, because the stick has no source.", state.reason());
        assertFalse("this is no picture that stands still", state.stale());
        assertEquals("the better one goes on waiting for its source", 1, stick.running.get());
    }

    @Test
    public void whileTheBestHasASourceNoOtherIsStarted() throws Exception {
        bindBoth();
        stick.publish(1);
        timer.passMillis(60_000);
        assertEquals(1, watcher.takeFrame());
        assertEquals(0, box.starts.get());
        assertEquals("The picture is live.", hub.currentState().reason());
    }

    @Test
    public void theChoiceAmongSeveralDevicesIsDescribed() throws Exception {
        services.add(properties(BOX_ID, 0, "the box"), box);
        useDevices();
        assertEquals(Optional.empty(), devices.describeChoice());
        services.add(properties(STICK_ID, 5, "the stick"), stick);
        services.add(properties(9, 5, "a twin"), new ScriptedDevice());
        useDevices();
        stick.publish(1);
        assertEquals(Optional.of("the stick is used. a twin is not used, because it was added later and has the same ranking (5)."
            + " the box is not used, because its ranking is lower (0 instead of 5)."), devices.describeChoice());
        services.remove(properties(9, 5, ""));
        stick.report(Signal.NO_DEVICE, "It was unplugged.");
        useDevices();
        timer.passMillis(2_100);
        box.publish(2);
        assertEquals(Optional.of("the box is used. the stick would be preferred (ranking 5), but has no source."), devices.describeChoice());
    }

    @Test
    public void onlyNoDeviceMakesRoom() throws Exception {
        bindBoth();
        for (Signal signal : List.of(Signal.CONNECTING, Signal.NO_SIGNAL, Signal.STALE)) {
            stick.report(signal, "It is " + signal);
            timer.passMillis(60_000);
        }
        stick.addStep(context -> {
            throw new IOException("/dev/video0 is used by another program (EBUSY)");
        });
        await(() -> hub.currentState().reason().contains("EBUSY"));
        timer.passMillis(60_000);
        stick.addStep(context -> {
            throw new BadValueException("org.example", "width", "abc", "a number");
        });
        await(() -> hub.currentState().condition() == Condition.MISCONFIGURED);
        timer.passMillis(60_000);
        assertEquals(0, box.starts.get());
    }

    @Test
    public void aSourceThatIsMissingForAMomentDoesNotMoveThePicture() throws Exception {
        bindBoth();
        stick.publish(1);
        stick.report(Signal.NO_DEVICE, "It was unplugged.");
        timer.passMillis(1_900);
        stick.publish(2);
        timer.passMillis(60_000);
        assertEquals(0, box.starts.get());
        assertEquals(1, watcher.takeFrame());
        assertEquals(2, watcher.takeFrame());
    }

    @Test
    public void afterTwoSecondsTheNextTakesOverAndTheBetterOneComesBackWithItsFirstKeyFrame() throws Exception {
        bindBoth();
        stick.publish(1);
        stick.report(Signal.NO_DEVICE, "It was unplugged.");
        timer.passMillis(2_100);
        await(() -> box.running.get() == 1);
        box.publish(2);
        assertEquals(1, watcher.takeFrame());
        assertEquals(2, watcher.takeFrame());
        watcher.states.clear();
        stick.report(Signal.CONNECTING, "opening the stick");
        assertEquals("viewers keep the picture that there is", Condition.LIVE, hub.currentState().condition());
        stick.publish(3);
        assertEquals(3, watcher.takeFrame());
        await(() -> box.running.get() == 0);
        assertEquals("The picture is live.", hub.currentState().reason());
        assertTrue("one steady state: " + watcher.states, watcher.states.stream().allMatch(state -> state.condition() == Condition.LIVE));
        assertEquals("frames are numbered on", List.copyOf(watcher.sequences), watcher.sequences.stream().sorted().distinct().toList());
    }

    @Test
    public void aSourceThatIsBackWithoutAPictureIsShownAfterTwoSeconds() throws Exception {
        bindBoth();
        stick.report(Signal.NO_DEVICE, "No stick is plugged in.");
        box.publish(1);
        assertEquals(1, watcher.takeFrame());
        stick.report(Signal.NO_SIGNAL, "The stick gets no signal.");
        timer.passMillis(1_900);
        assertEquals(Condition.LIVE, hub.currentState().condition());
        timer.passMillis(200);
        assertEquals(Condition.NO_SIGNAL, hub.currentState().condition());
        assertEquals("The stick gets no signal.", hub.currentState().reason());
        await(() -> box.running.get() == 0);
    }

    @Test
    public void aDriverThatReportsEachAttemptToOpenItsDeviceFailsOverAllTheSame() throws Exception {
        bindBoth();
        stick.publish(1);
        for (int attempt = 0; attempt < 5; attempt++) {
            stick.report(Signal.NO_DEVICE, "The stick is missing.");
            timer.passMillis(500);
            stick.report(Signal.CONNECTING, "opening the stick");
            timer.passMillis(100);
        }
        await(() -> box.running.get() == 1);
        box.publish(2);
        assertEquals(1, watcher.takeFrame());
        assertEquals(2, watcher.takeFrame());
        for (int attempt = 0; attempt < 5; attempt++) {
            stick.report(Signal.NO_DEVICE, "The stick is missing.");
            timer.passMillis(500);
            stick.report(Signal.CONNECTING, "opening the stick");
            timer.passMillis(100);
            assertEquals(Condition.LIVE, hub.currentState().condition());
        }
        assertTrue("checks do not pile up", timer.countTasks() <= 2);
    }

    @Test
    public void withoutAnySourceTheStateNamesEachDeviceWithItsReason() throws Exception {
        bindBoth();
        stick.report(Signal.NO_DEVICE, "No stick is plugged in.");
        box.report(Signal.NO_DEVICE, "Nothing comes from the box.");
        assertEquals(Condition.NO_DEVICE, hub.currentState().condition());
        assertEquals("the stick: No stick is plugged in. the box: Nothing comes from the box.", hub.currentState().reason());
        watcher.states.clear();
        stick.report(Signal.NO_DEVICE, "No stick is plugged in.");
        assertEquals("nothing new, nothing reported", List.of(), watcher.states);
        box.publish(1);
        assertEquals(1, watcher.takeFrame());
    }

    @Test
    public void aBetterDeviceThatArrivesTakesOverWithoutAGap() throws Exception {
        services.add(properties(BOX_ID, 0, "the box"), box);
        useDevices();
        box.publish(1);
        assertEquals(1, watcher.takeFrame());
        watcher.states.clear();
        services.add(properties(STICK_ID, 5, "the stick"), stick);
        useDevices();
        box.publish(2);
        stick.publish(3, false);
        assertTrue("no decoder can begin with that frame", stick.keyFrameRequested);
        box.publish(4);
        stick.publish(5);
        assertEquals(2, watcher.takeFrame());
        assertEquals(4, watcher.takeFrame());
        assertEquals(5, watcher.takeFrame());
        await(() -> box.running.get() == 0);
        assertTrue("live all the time: " + watcher.states, watcher.states.stream().allMatch(state -> state.condition() == Condition.LIVE));
    }

    @Test
    public void ofTwoThatFindTheSameHardwareTheBetterOneGetsIt() throws Exception {
        AtomicReference<ScriptedDevice> holder = new AtomicReference<>();
        bindBoth();
        stick.report(Signal.NO_DEVICE, "No stick is plugged in.");
        box.doStep(context -> assertTrue(holder.compareAndSet(null, box)));
        box.publish(1);
        assertEquals(1, watcher.takeFrame());
        ScriptedDevice.Step open = context -> {
            if (holder.get() != stick && !holder.compareAndSet(null, stick)) {
                throw new IOException("/dev/video0 is used by another program (EBUSY)");
            }
            ScriptedDevice.publishFrame(context, 2, true);
        };
        box.addStep(context -> {
            try {
                TimeUnit.HOURS.sleep(1);
            } finally {
                holder.set(null);
            }
        });
        stick.addStep(open);
        await(() -> {
            timer.passMillis(100);
            stick.addStep(open);
            return holder.get() == stick;
        });
        assertEquals(2, watcher.takeFrame());
        assertEquals("The picture is live.", hub.currentState().reason());
    }

    @Test
    public void whileADriverIsUpdatedItsLastPictureStandsStillAndNoOtherDeviceIsStarted() throws Exception {
        bindBoth();
        stick.publish(1);
        assertEquals(1, watcher.takeFrame());
        services.remove(properties(STICK_ID, 5, ""));
        useDevices();
        timer.passMillis(2_900);
        VideoState state = hub.currentState();
        assertEquals(Condition.LIVE, state.condition());
        assertTrue(state.reason(), state.stale() && state.reason().equals("the stick is being replaced; the picture stands still."
            + " If it does not come back within 3 s, the box is used."));
        services.add(properties(STICK_ID + 1, 5, "the stick"), stick);
        useDevices();
        stick.publish(2);
        assertEquals(2, watcher.takeFrame());
        timer.passMillis(60_000);
        assertEquals("The picture is live.", hub.currentState().reason());
        assertEquals("never started", 0, box.starts.get());
    }

    @Test
    public void aDriverThatDoesNotComeBackMakesRoomAfterThreeSeconds() throws Exception {
        bindBoth();
        stick.publish(1);
        services.remove(properties(STICK_ID, 5, ""));
        useDevices();
        timer.passMillis(2_900);
        assertEquals(0, box.starts.get());
        timer.passMillis(200);
        box.publish(2);
        assertEquals(1, watcher.takeFrame());
        assertEquals(2, watcher.takeFrame());
    }

    /** The drop folder starts the new version before it stops the old one. */
    @Test
    public void aNewVersionThatIsThereBeforeTheOldOneLeavesIsUsedAtOnce() throws Exception {
        bindBoth();
        stick.publish(1);
        ScriptedDevice newer = new ScriptedDevice();
        services.add(properties(STICK_ID + 1, 5, "the stick"), newer);
        useDevices();
        services.remove(properties(STICK_ID, 5, ""));
        useDevices();
        newer.publish(2);
        assertEquals(1, watcher.takeFrame());
        assertEquals(2, watcher.takeFrame());
        assertEquals(0, box.starts.get());
    }

    @Test
    public void devicesMayBeUnboundInAnyOrder() throws Exception {
        bindBoth();
        stick.publish(1);
        assertEquals(1, watcher.takeFrame());
        services.remove(properties(STICK_ID, 5, ""));
        useDevices();
        assertEquals("stopped before unbind returned", 0, stick.running.get());
        timer.passMillis(3_100);
        box.publish(2);
        assertEquals(2, watcher.takeFrame());
        assertEquals("The picture is live.", hub.currentState().reason());
        services.add(properties(STICK_ID + 1, -1, "a worse one"), stick);
        useDevices();
        assertEquals("not needed", 0, stick.running.get());
        services.remove(properties(STICK_ID + 1, 0, ""));
        services.remove(properties(BOX_ID, 0, ""));
        useDevices();
        assertTrue(devices.isEmpty());
        assertEquals(0, box.running.get());
        assertTrue(Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().equals("capture-default")));
    }

    @Test
    public void aDriverThatDoesNotEndIsFoundAfterItsTargetIsGone() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        CaptureDevice deaf = context -> {
            started.countDown();
            while (end.getCount() > 0) {
                Thread.onSpinWait();
            }
        };
        services.add(properties(STICK_ID, 5, "the stick"), deaf);
        useDevices();
        assertTrue(started.await(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS));
        assertEquals(List.of(), watch.findProblems("default", true));
        devices.close();
        List<Item> found = watch.findProblems("bay1", true);
        assertEquals(found.toString(), "The driver of the stick (target default) was stopped, but its thread is still running.", found.get(0).description());
        assertEquals(List.of(), watch.findProblems("bay1", false));
        end.countDown();
        await(() -> watch.findProblems("default", true).isEmpty());
    }

    @Test
    public void aModifiedRankChangesTheOrder() throws Exception {
        bindBoth();
        stick.publish(1);
        services.add(properties(BOX_ID, 9, "the box"), box);
        useDevices();
        box.publish(2);
        assertEquals(1, watcher.takeFrame());
        assertEquals(2, watcher.takeFrame());
        await(() -> stick.running.get() == 0);
    }

    @Test
    public void whatComesInIsThatOfTheDeviceInUse() throws Exception {
        bindBoth();
        stick.doStep(context -> context.reportIncomingSignal(IncomingSignal.ofSound(Optional.of(SoundCodec.AAC))));
        stick.report(Signal.NO_DEVICE, "No stick is plugged in.");
        box.doStep(context -> context.reportIncomingSignal(IncomingSignal.ofSound(Optional.of(SoundCodec.MPEG_AUDIO))));
        box.publish(1);
        assertEquals(Optional.of(SoundCodec.MPEG_AUDIO), hub.currentState().incoming().sound());
        stick.publish(2);
        assertEquals(Optional.of(SoundCodec.AAC), hub.currentState().incoming().sound());
    }

    /** A wrapper or a lambda for each frame would more than double this: a slot and an Optional are about 60 bytes. */
    @Test
    public void aFrameMakesNoGarbageBeyondItsSlot() throws Exception {
        watcher.subscription.close();
        bindBoth();
        AtomicLong bytes = new AtomicLong();
        stick.doStep(context -> {
            com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            publishMany(context);
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            publishMany(context);
            bytes.set(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        });
        assertTrue(bytes.get() / FRAMES + " bytes for each frame", bytes.get() / FRAMES < 120);
    }

    private static void publishMany(CaptureContext context) {
        for (int i = 0; i < FRAMES; i++) {
            Slot slot = context.acquireSlot(100).orElseThrow();
            slot.buffer().put(ScriptedDevice.START_CODE).put((byte) 1).put((byte) 0);
            context.publishFrame(slot, ScriptedDevice.FORMAT, true, 0);
        }
    }

    @Test
    public void whateverTheDevicesReportTheBestOneWithAPictureIsShownInTheEnd() throws Exception {
        bindBoth();
        for (int round = 1; round <= 50; round++) {
            stick.addStep(context -> context.reportSignal(Signal.NO_DEVICE, "No stick is plugged in."));
            int number = round;
            box.addStep(context -> ScriptedDevice.publishFrame(context, number, true));
            timer.passMillis(2_100);
            stick.addStep(context -> ScriptedDevice.publishFrame(context, number, true));
        }
        stick.publish(100);
        await(() -> box.running.get() == 0);
        await(() -> hub.currentState().condition() == Condition.LIVE && hub.currentState().reason().equals("The picture is live."));
        assertEquals(1, stick.running.get());
        stick.publish(101);
        await(() -> watcher.last == 101);
    }

    private void bindBoth() {
        services.add(properties(BOX_ID, 0, "the box"), box);
        services.add(properties(STICK_ID, 5, "the stick"), stick);
        useDevices();
    }

    private void useDevices() {
        devices.replaceDevices(services.listServices());
    }

    private static Map<String, Object> properties(long id, int ranking, String label) {
        return Map.of(Constants.SERVICE_ID, id, Constants.SERVICE_RANKING, ranking, Target.LABEL, label);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (!condition.getAsBoolean()) {
            assertTrue("in time", System.nanoTime() < end);
            Thread.yield();
        }
    }

    /** A viewer that takes everything it is offered. */
    private final class Watcher implements FrameListener {
        private final BlockingQueue<Integer> frames = new LinkedBlockingQueue<>();
        private final List<Long> sequences = new CopyOnWriteArrayList<>();
        private final List<VideoState> states = new CopyOnWriteArrayList<>();
        private volatile int last;
        private final Subscription subscription = hub.subscribe(this, EnumSet.of(Codec.H264));

        @Override
        public synchronized void onFrameAvailable() {
            if (subscription == null) {
                return;
            }
            for (Optional<Frame> next = subscription.nextFrame(); next.isPresent(); next = subscription.nextFrame()) {
                try (Frame frame = next.get()) {
                    last = frame.encodedBytes().get(ScriptedDevice.START_CODE.length);
                    sequences.add(frame.sequence());
                    frames.add(last);
                }
            }
        }

        @Override
        public void onStateChanged(VideoState state) {
            states.add(state);
        }

        /** The content of the next frame. */
        int takeFrame() throws InterruptedException {
            Integer frame = frames.poll(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            return frame == null ? -1 : frame;
        }
    }
}
