package org.catseye.capture.v4l2;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.catseye.capture.v4l2.kernel.PictureControl;
import org.catseye.capture.v4l2.kernel.V4l2;
import org.catseye.capture.v4l2.kernel.VideoNode;
import org.catseye.capture.v4l2.settings.Given;
import org.catseye.capture.v4l2.stick.StickAllocator;
import org.catseye.linux.Ioctl;
import org.catseye.linux.Struct;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.video.spi.Signal;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Every fault of a stick, with emulated sticks. */
public class FaultsRigIT {

    private static final long PATIENCE = 10_000;

    private final FakeCaptureContext context = new FakeCaptureContext();
    private final StickAllocator sticks = new StickAllocator();
    private final AtomicReference<Throwable> end = new AtomicReference<>();
    private Rig rig;
    private StickDriver driver;
    private Thread thread;

    @Before
    public void plugIn() throws Exception {
        rig = Rig.start(2);
        driver = new StickDriver(sticks, Optional.empty(), () -> Given.settings("width", 1280, "height", 720));
    }

    @After
    public void pullOut() throws Exception {
        context.stop();
        if (thread != null) {
            thread.join(PATIENCE);
            assertFalse("capture() returned", thread.isAlive());
        }
        assertEquals(0, context.lent());
        assertEquals(List.of(), context.breaches());
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    public void everythingIsClosedWhenTheSticksAreUnplugged() throws Exception {
        startCapture();
        rig.command("unplug 0");
        rig.command("unplug 1");
        awaitSignal(Signal.NO_DEVICE, "was unplugged: plug it in again");
        awaitSignal(Signal.NO_DEVICE, "no HDMI stick found: plug one in");
        assertEquals("frame buffers are unmapped", 0, mappings());
        assertEquals("and closed", 0, openShimFiles());
    }

    @Test
    public void pictureReturnsWithinASecondAfterTheStick() throws Exception {
        driver.applySettings(() -> Given.settings("device", "1-1", "width", 1280, "height", 720));
        startCapture();
        for (String how : List.of("unplug", "unplug-einval")) {
            rig.command(how);
            int before = context.signals().size();
            assertTrue(context.await(PATIENCE, c -> c.signals().stream().skip(before - 1).anyMatch(s -> s.signal() == Signal.NO_DEVICE)));
            assertTrue("names the missing stick", context.await(PATIENCE, c -> last(c).reason().equals(
                "no HDMI stick at 1-1: plug it in there, or change 'device' of org.catseye.capture.v4l2~bay1")));
            int frames = context.frames().size();
            long plugged = System.nanoTime();
            rig.command("plug");
            assertTrue(context.await(PATIENCE, c -> c.frames().size() > frames));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - plugged);
            System.out.println("replug to first frame after " + how + ": " + millis + " ms");
            assertTrue(millis + " ms", millis < 1_000);
        }
        assertEquals("capture() did not end", null, end.get());
    }

    @Test
    public void anotherStickIsUsedWhenTheFirstOneIsUnplugged() throws Exception {
        startCapture();
        int frames = context.frames().size();
        rig.command("unplug 0");
        assertTrue(context.await(PATIENCE, c -> c.frames().size() > frames + 2 && last(c).reason().contains("1-2")));
    }

    @Test
    public void damagedFramesAreDroppedAndCounted() throws Exception {
        startCapture();
        for (String fault : List.of("truncate 3", "cut 3", "error 3", "empty 3")) {
            long lost = context.reportLostFrames();
            rig.command(fault);
            assertTrue(fault, context.await(PATIENCE, c -> c.reportLostFrames() >= lost + 3));
            int frames = context.frames().size();
            assertTrue(fault + ": continues", context.await(PATIENCE, c -> c.frames().size() >= frames + 3));
        }
        for (FakeCaptureContext.Published frame : context.frames()) {
            byte[] data = frame.data();
            assertEquals(0xffd9, (data[data.length - 2] & 0xff) << 8 | data[data.length - 1] & 0xff);
        }
        assertEquals("the stick was opened once", 1, context.signals().size());
    }

    @Test
    public void singleInputOutputErrorIsALostFrame() throws Exception {
        startCapture();
        rig.command("eio 2");
        int frames = context.frames().size();
        assertTrue(context.await(PATIENCE, c -> c.reportLostFrames() >= 2 && c.frames().size() > frames + 3));
        assertEquals(1, context.signals().size());
    }

    @Test
    public void inputOutputErrorsInARowEndTheStreamWithAnExplanation() throws Exception {
        startCapture();
        rig.command("eio 1000");
        thread.join(PATIENCE);
        assertTrue(String.valueOf(end.get()), end.get() instanceof IOException);
        assertEquals("/dev/video0 (MS2109 534d:2109 at USB port 1-1) does not respond correctly (VIDIOC_DQBUF: EIO): replug it, or"
            + " try another cable or port", end.get().getMessage());
    }

    @Test
    public void stalledStickIsReopenedAndRecovers() throws Exception {
        driver.applySettings(() -> Given.settings("device", "1-1", "stallMillis", 300));
        startCapture();
        rig.command("stall");
        awaitSignal(Signal.CONNECTING, "delivers no pictures");
        int frames = context.frames().size();
        rig.command("go");
        assertTrue(context.await(1_000, c -> c.frames().size() > frames));
    }

    @Test
    public void framesOfAnotherSizeHaveTheirOwnFormat() throws Exception {
        startCapture();
        rig.command("size 640x480");
        assertTrue(context.await(PATIENCE, c -> c.frames().stream().anyMatch(f -> f.format().width() == 640 && f.format().height() == 480)));
        rig.command("size 0");
    }

    @Test
    public void busyStickIsExplained() throws Exception {
        FakeCaptureContext other = new FakeCaptureContext();
        StickDriver first = new StickDriver(new StickAllocator(), Optional.empty(), () -> Given.settings("device", "1-1"));
        Thread holder = new Thread(() -> runCapture(first, other, new AtomicReference<>()));
        holder.start();
        assertTrue(other.await(PATIENCE, c -> !c.frames().isEmpty()));
        driver.applySettings(() -> Given.settings("device", "1-1"));
        thread = new Thread(() -> runCapture(driver, context, end));
        thread.start();
        thread.join(PATIENCE);
        other.stop();
        holder.join(PATIENCE);
        assertEquals("/dev/video0 (MS2109 534d:2109 at USB port 1-1) is used by another program: stop that program (fuser -v /dev/video0"
            + " names it)", end.get().getMessage());
    }

    @Test
    public void runningStreamAdoptsAChangedConfiguration() throws Exception {
        startCapture();
        driver.applySettings(() -> Given.settings("width", 640, "height", 480));
        assertTrue(context.await(PATIENCE, c -> c.frames().get(c.frames().size() - 1).format().width() == 640));
        int opened = context.signals().size();
        driver.applySettings(() -> Given.settings("width", 640, "height", 480, "brightness", "50"));
        rig.await("brightness set", () -> brightness() == 50);
        int frames = context.frames().size();
        assertTrue(context.await(PATIENCE, c -> c.frames().size() > frames + 2));
        assertEquals("the stream was not reopened for a control", opened, context.signals().size());
    }

    @Test
    public void badValueIsReportedAndAValidOneFixesIt() throws Exception {
        driver.applySettings(() -> Given.settings("width", 99_999, "height", 720));
        thread = new Thread(() -> runCapture(driver, context, end));
        thread.start();
        thread.join(PATIENCE);
        assertEquals("org.catseye.capture.v4l2~bay1: width is '99999'; it has to be a whole number from 0 to 16384",
            end.get().getMessage());
        driver.applySettings(() -> Given.settings("brightness", "500"));
        thread = new Thread(() -> runCapture(driver, context, end));
        thread.start();
        thread.join(PATIENCE);
        assertEquals("org.catseye.capture.v4l2~bay1: brightness is '500'; it has to be -128 to 127 for this device",
            end.get().getMessage());
        driver.applySettings(() -> Given.settings("width", 1111, "height", 700));
        thread = new Thread(() -> runCapture(driver, context, end));
        thread.start();
        thread.join(PATIENCE);
        assertTrue(end.get().getMessage(), end.get().getMessage().startsWith("org.catseye.capture.v4l2~bay1: width is '1111x700'; it has to be a size that the stick has: "));
        assertTrue(end.get().getMessage(), end.get().getMessage().contains("1280x720"));
        driver.applySettings(() -> Given.settings());
        startCapture();
    }

    @Test
    public void selectedSticksServeTheirTargets() throws Exception {
        driver.applySettings(() -> Given.settings("device", "1-2"));
        startCapture();
        assertTrue(last(context).reason(), last(context).reason().contains("/dev/video2"));
        assertTrue(rig.streaming(1));
        assertFalse(rig.streaming(0));
    }

    @Test
    public void driverThatSelectsAStickGetsItFromOneThatAcceptsAny() throws Exception {
        startCapture();
        assertTrue(rig.streaming(0));
        FakeCaptureContext other = new FakeCaptureContext();
        StickDriver named = new StickDriver(sticks, Optional.empty(), () -> Given.settings("device", "1-1"));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread second = new Thread(() -> runCapture(named, other, failure));
        second.start();
        try {
            assertTrue(context.await(PATIENCE, c -> last(c).reason().contains("/dev/video2")));
            assertTrue("the stick is reassigned", other.await(PATIENCE, c -> c.frames().size() > 2));
            assertEquals("and is never reported as busy", null, failure.get());
            assertEquals(null, end.get());
        } finally {
            other.stop();
            second.join(PATIENCE);
        }
    }

    @Test
    public void pausesWithoutViewersAndResumesForOne() throws Exception {
        driver.applySettings(() -> Given.settings("idleSeconds", 0));
        startCapture();
        context.viewers(0);
        awaitSignal(Signal.CONNECTING, "is paused");
        rig.await("the stick stopped", () -> !rig.streaming(0));
        assertEquals(0, openShimFiles());
        int frames = context.frames().size();
        context.viewers(1);
        assertTrue(context.await(1_000, c -> c.frames().size() > frames));
    }

    @Test
    public void ms21xxContinuesWithoutViewers() throws Exception {
        startCapture();
        context.viewers(0);
        int frames = context.frames().size();
        assertTrue(context.await(PATIENCE, c -> c.frames().size() > frames + 40));
        assertEquals(1, context.signals().size());
    }

    @Test
    public void nothingLeaksOverManyReplugs() throws Exception {
        rig.command("unplug 1");
        List<String> before = handles();
        startCapture();
        for (int i = 0; i < 5; i++) {
            int told = context.signals().size();
            rig.command("unplug");
            assertTrue(context.await(PATIENCE, c -> c.signals().stream().skip(told).anyMatch(s -> s.reason().startsWith("no HDMI stick found"))));
            assertEquals("frame buffers are unmapped", 0, mappings());
            int frames = context.frames().size();
            rig.command("plug");
            assertTrue(context.await(PATIENCE, c -> c.frames().size() > frames));
        }
        context.stop();
        thread.join(PATIENCE);
        assertEquals(0, mappings());
        assertEquals(before, handles());
    }

    private void startCapture() throws Exception {
        thread = new Thread(() -> runCapture(driver, context, end), "capture-test");
        thread.start();
        int frames = context.frames().size();
        boolean came = context.await(PATIENCE, c -> c.frames().size() > frames + 2);
        assertTrue("frames did not come: " + context.signals() + end.get(), came);
    }

    private void awaitSignal(Signal signal, String reason) throws Exception {
        boolean came = context.await(PATIENCE, c -> c.signals().stream().anyMatch(s -> s.signal() == signal && s.reason().contains(reason)));
        assertTrue(signal + " " + reason + " did not come: " + context.signals() + end.get(), came);
    }

    private static FakeCaptureContext.Signalled last(FakeCaptureContext c) {
        return c.signals().isEmpty() ? new FakeCaptureContext.Signalled(Signal.CONNECTING, "nothing yet") : c.signals().get(c.signals().size() - 1);
    }

    private static void runCapture(StickDriver driver, FakeCaptureContext context, AtomicReference<Throwable> end) {
        try {
            driver.capture(context);
        } catch (IOException | InterruptedException e) {
            end.set(e);
        }
    }

    private static int brightness() throws IOException {
        try (VideoNode node = VideoNode.openNode("/dev/video0")) {
            ByteBuffer control = Struct.allocate(V4l2.CONTROL).putInt(0, PictureControl.BRIGHTNESS.controlId());
            node.descriptor().ioctl(Ioctl.readWrite("VIDIOC_G_CTRL", 'V', 27, V4l2.CONTROL), control);
            return control.getInt(V4l2.CONTROL_VALUE);
        }
    }

    /** The shim's buffers are a memfd of this name. */
    private static long mappings() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains("memfd:v4l2cam")).count();
        }
    }

    /** The open sockets, pipes, eventfds and memory, without their numbers. Files are left out, because the JVM opens them at any time. */
    private static List<String> handles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.map(FaultsRigIT::target).filter(t -> t.matches("(socket|pipe|anon_inode):.*|/memfd.*"))
                .map(t -> t.replaceAll("\\[\\d+]", "")).sorted().toList();
        }
    }

    private static long openShimFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(file -> target(file).contains("memfd:v4l2cam")).count();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
