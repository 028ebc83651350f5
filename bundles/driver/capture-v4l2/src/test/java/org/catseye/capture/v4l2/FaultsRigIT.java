package org.catseye.capture.v4l2;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.catseye.linux.Ioctl;
import org.catseye.linux.Struct;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.video.spi.Signal;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Everything that can go wrong with a stick, on emulated ones. */
public class FaultsRigIT {

    private static final long PATIENCE = 10_000;

    private final FakeCaptureContext context = new FakeCaptureContext();
    private final Sticks sticks = new Sticks();
    private final AtomicReference<Throwable> end = new AtomicReference<>();
    private Rig rig;
    private Driver driver;
    private Thread thread;

    @Before
    public void plugIn() throws Exception {
        rig = Rig.start(2);
        driver = new Driver(sticks, () -> Given.settings("width", 1280, "height", 720));
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
    public void everythingIsClosedWhenTheSticksAreGone() throws Exception {
        start();
        rig.command("unplug 0");
        rig.command("unplug 1");
        signalled(Signal.NO_DEVICE, "was unplugged: plug it in again");
        signalled(Signal.NO_DEVICE, "no HDMI stick found: plug one in");
        assertEquals("frame buffers are unmapped", 0, mappings());
        assertEquals("and closed", 0, openShimFiles());
    }

    @Test
    public void pictureIsBackWithinASecondOfTheStick() throws Exception {
        driver.configure(() -> Given.settings("device", "1-1", "width", 1280, "height", 720));
        start();
        for (String how : List.of("unplug", "unplug-einval")) {
            rig.command(how);
            int before = context.signals().size();
            assertTrue(context.await(PATIENCE, c -> c.signals().stream().skip(before - 1).anyMatch(s -> s.signal() == Signal.NO_DEVICE)));
            assertTrue("told what is waited for", context.await(PATIENCE, c -> last(c).reason().equals(
                "no HDMI stick at 1-1: plug it in there, or change 'device' of org.catseye.capture.v4l2~bay1")));
            int frames = context.frames().size();
            long plugged = System.nanoTime();
            rig.command("plug");
            assertTrue(context.await(PATIENCE, c -> c.frames().size() > frames));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - plugged);
            System.out.println("replug to first frame after " + how + ": " + millis + " ms");
            assertTrue(millis + " ms", millis < 1_000);
        }
        assertEquals("never left capture()", null, end.get());
    }

    @Test
    public void anotherStickIsTakenWhenTheFirstOneGoes() throws Exception {
        start();
        int frames = context.frames().size();
        rig.command("unplug 0");
        assertTrue(context.await(PATIENCE, c -> c.frames().size() > frames + 2 && last(c).reason().contains("1-2")));
    }

    @Test
    public void damagedFramesAreDroppedAndCounted() throws Exception {
        start();
        for (String fault : List.of("truncate 3", "cut 3", "error 3", "empty 3")) {
            long lost = context.reportLostFrames();
            rig.command(fault);
            assertTrue(fault, context.await(PATIENCE, c -> c.reportLostFrames() >= lost + 3));
            int frames = context.frames().size();
            assertTrue(fault + ": goes on", context.await(PATIENCE, c -> c.frames().size() >= frames + 3));
        }
        for (FakeCaptureContext.Published frame : context.frames()) {
            byte[] data = frame.data();
            assertEquals(0xffd9, (data[data.length - 2] & 0xff) << 8 | data[data.length - 1] & 0xff);
        }
        assertEquals("one open served all", 1, context.signals().size());
    }

    @Test
    public void aSingleInputOutputErrorIsALostFrame() throws Exception {
        start();
        rig.command("eio 2");
        int frames = context.frames().size();
        assertTrue(context.await(PATIENCE, c -> c.reportLostFrames() >= 2 && c.frames().size() > frames + 3));
        assertEquals(1, context.signals().size());
    }

    @Test
    public void inputOutputErrorsInARowEndTheStreamInWords() throws Exception {
        start();
        rig.command("eio 1000");
        thread.join(PATIENCE);
        assertTrue(String.valueOf(end.get()), end.get() instanceof IOException);
        assertEquals("/dev/video0 (MS2109 534d:2109 at USB port 1-1) does not answer as it should (VIDIOC_DQBUF: EIO): replug it, or"
            + " try another cable or port", end.get().getMessage());
    }

    @Test
    public void aSilentStickIsOpenedAnewAndComesBack() throws Exception {
        driver.configure(() -> Given.settings("device", "1-1", "stallMillis", 300));
        start();
        rig.command("stall");
        signalled(Signal.CONNECTING, "delivers no pictures");
        int frames = context.frames().size();
        rig.command("go");
        assertTrue(context.await(1_000, c -> c.frames().size() > frames));
    }

    @Test
    public void framesOfAnotherSizeCarryTheirSize() throws Exception {
        start();
        rig.command("size 640x480");
        assertTrue(context.await(PATIENCE, c -> c.frames().stream().anyMatch(f -> f.format().width() == 640 && f.format().height() == 480)));
        rig.command("size 0");
    }

    @Test
    public void aBusyStickIsNamed() throws Exception {
        FakeCaptureContext other = new FakeCaptureContext();
        Driver first = new Driver(new Sticks(), () -> Given.settings("device", "1-1"));
        Thread holder = new Thread(() -> run(first, other, new AtomicReference<>()));
        holder.start();
        assertTrue(other.await(PATIENCE, c -> !c.frames().isEmpty()));
        driver.configure(() -> Given.settings("device", "1-1"));
        thread = new Thread(() -> run(driver, context, end));
        thread.start();
        thread.join(PATIENCE);
        other.stop();
        holder.join(PATIENCE);
        assertEquals("/dev/video0 (MS2109 534d:2109 at USB port 1-1) is used by another program: stop that one (fuser -v /dev/video0"
            + " names it)", end.get().getMessage());
    }

    @Test
    public void aChangedConfigurationActsOnTheRunningStream() throws Exception {
        start();
        driver.configure(() -> Given.settings("width", 640, "height", 480));
        assertTrue(context.await(PATIENCE, c -> c.frames().get(c.frames().size() - 1).format().width() == 640));
        int opened = context.signals().size();
        driver.configure(() -> Given.settings("width", 640, "height", 480, "brightness", "50"));
        rig.await("brightness set", () -> brightness() == 50);
        int frames = context.frames().size();
        assertTrue(context.await(PATIENCE, c -> c.frames().size() > frames + 2));
        assertEquals("the stream was not opened anew for a control", opened, context.signals().size());
    }

    @Test
    public void aBadValueIsToldAndAGoodOneMendsIt() throws Exception {
        driver.configure(() -> Given.settings("width", 99_999, "height", 720));
        thread = new Thread(() -> run(driver, context, end));
        thread.start();
        thread.join(PATIENCE);
        assertEquals("org.catseye.capture.v4l2~bay1: width is '99999'; it has to be a whole number from 0 to 16384",
            end.get().getMessage());
        driver.configure(() -> Given.settings("brightness", "500"));
        thread = new Thread(() -> run(driver, context, end));
        thread.start();
        thread.join(PATIENCE);
        assertEquals("org.catseye.capture.v4l2~bay1: brightness is '500'; it has to be -128 to 127 for this device",
            end.get().getMessage());
        driver.configure(() -> Given.settings("width", 1111, "height", 700));
        thread = new Thread(() -> run(driver, context, end));
        thread.start();
        thread.join(PATIENCE);
        assertTrue(end.get().getMessage(), end.get().getMessage().startsWith("org.catseye.capture.v4l2~bay1: width x height is '1111x700'; it has to be a size that the stick has: "));
        assertTrue(end.get().getMessage(), end.get().getMessage().contains("1280x720"));
        driver.configure(() -> Given.settings());
        start();
    }

    @Test
    public void namedSticksGoToTheirTargets() throws Exception {
        driver.configure(() -> Given.settings("device", "1-2"));
        start();
        assertTrue(last(context).reason(), last(context).reason().contains("/dev/video2"));
        assertTrue(rig.streaming(1));
        assertFalse(rig.streaming(0));
    }

    @Test
    public void anInstanceThatNamesAStickGetsItFromOneThatTookAny() throws Exception {
        start();
        assertTrue(rig.streaming(0));
        FakeCaptureContext other = new FakeCaptureContext();
        Driver named = new Driver(sticks, () -> Given.settings("device", "1-1"));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread second = new Thread(() -> run(named, other, failure));
        second.start();
        try {
            assertTrue(context.await(PATIENCE, c -> last(c).reason().contains("/dev/video2")));
            assertTrue("the stick changes hands", other.await(PATIENCE, c -> c.frames().size() > 2));
            assertEquals("and never meets itself as a busy device", null, failure.get());
            assertEquals(null, end.get());
        } finally {
            other.stop();
            second.join(PATIENCE);
        }
    }

    @Test
    public void restsWithoutViewersAndWakesForOne() throws Exception {
        driver.configure(() -> Given.settings("idleSeconds", 0));
        start();
        context.viewers(0);
        signalled(Signal.CONNECTING, "rests");
        rig.await("the stick stopped", () -> !rig.streaming(0));
        assertEquals(0, openShimFiles());
        int frames = context.frames().size();
        context.viewers(1);
        assertTrue(context.await(1_000, c -> c.frames().size() > frames));
    }

    @Test
    public void anMs21xxGoesOnWithoutViewers() throws Exception {
        start();
        context.viewers(0);
        int frames = context.frames().size();
        assertTrue(context.await(PATIENCE, c -> c.frames().size() > frames + 40));
        assertEquals(1, context.signals().size());
    }

    @Test
    public void nothingLeaksOverManyLives() throws Exception {
        rig.command("unplug 1");
        List<String> before = handles();
        start();
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

    private void start() throws Exception {
        thread = new Thread(() -> run(driver, context, end), "capture-test");
        thread.start();
        int frames = context.frames().size();
        boolean came = context.await(PATIENCE, c -> c.frames().size() > frames + 2);
        assertTrue("frames did not come: " + context.signals() + end.get(), came);
    }

    private void signalled(Signal signal, String reason) throws Exception {
        boolean came = context.await(PATIENCE, c -> c.signals().stream().anyMatch(s -> s.signal() == signal && s.reason().contains(reason)));
        assertTrue(signal + " " + reason + " did not come: " + context.signals() + end.get(), came);
    }

    private static FakeCaptureContext.Signalled last(FakeCaptureContext c) {
        return c.signals().isEmpty() ? new FakeCaptureContext.Signalled(Signal.CONNECTING, "nothing yet") : c.signals().get(c.signals().size() - 1);
    }

    private static void run(Driver driver, FakeCaptureContext context, AtomicReference<Throwable> end) {
        try {
            driver.capture(context);
        } catch (IOException | InterruptedException e) {
            end.set(e);
        }
    }

    private static int brightness() throws IOException {
        try (VideoNode node = VideoNode.open("/dev/video0")) {
            ByteBuffer control = Struct.allocate(V4l2.CONTROL).putInt(0, Control.BRIGHTNESS.id());
            node.fd().ioctl(Ioctl.readWrite("VIDIOC_G_CTRL", 'V', 27, V4l2.CONTROL), control);
            return control.getInt(V4l2.CONTROL_VALUE);
        }
    }

    /** The shim's buffers are a memfd of this name. */
    private static long mappings() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains("memfd:v4l2cam")).count();
        }
    }

    /** What is open apart from files, which the JVM opens when it likes: sockets, pipes, eventfds, memory; without their numbers. */
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
