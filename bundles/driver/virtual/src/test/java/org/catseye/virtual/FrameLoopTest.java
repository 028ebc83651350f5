package org.catseye.virtual;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.testkit.FakeCaptureContext.Published;
import org.catseye.testkit.FakeCaptureContext.Signalled;
import org.catseye.video.spi.Signal;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.machine.Bench;
import org.catseye.virtual.paint.FontSource;
import org.catseye.virtual.paint.FrameTag;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.scene.Nvram;
import org.catseye.virtual.scene.SceneCode;
import org.junit.Test;

public class FrameLoopTest {

    private static final Look LOOK = new Look(1280, 720, FontSource::drawWithJava);

    private final FakeCaptureContext context = new FakeCaptureContext();
    private final AtomicLong sequence = new AtomicLong();

    private FrameLoop loop(Bench bench) {
        return new FrameLoop(bench.machine, Settings.DEFAULTS, LOOK, context, bench.nanos::get, sequence);
    }

    /** Runs the loop for a while, as its thread would, with the clock of the bench. */
    private void run(FrameLoop loop, Bench bench, long millis) {
        long end = bench.nanos.get() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (bench.nanos.get() < end) {
            long wait = loop.runStep();
            bench.nanos.addAndGet(Math.max(1, Math.min(wait, end - bench.nanos.get())));
        }
        loop.runStep();
    }

    private static FrameTag tag(Published frame) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(frame.data()));
        assertEquals(frame.format().width(), image.getWidth());
        assertEquals(frame.format().height(), image.getHeight());
        return FrameTag.readTag(image::getRGB).orElseThrow(() -> new AssertionError("no tag"));
    }

    private Published last() {
        List<Published> frames = context.frames();
        return frames.get(frames.size() - 1);
    }

    @Test
    public void anIdleScreenGivesOneFrameAndNoMore() throws Exception {
        Bench bench = new Bench().tap(Keys.F12).pass(3100);
        FrameLoop loop = loop(bench);
        run(loop, bench, 60_000);
        assertEquals(1, context.frames().size());
        assertEquals(SceneCode.BOOT_MENU.ordinal(), tag(last()).scene());
    }

    @Test
    public void anIdleConsoleOnlyBlinks() {
        Bench bench = Bench.at(SceneCode.CONSOLE);
        run(loop(bench), bench, 10_000);
        assertTrue(context.frames().size() + " frames in 10 s", context.frames().size() <= 21);
    }

    @Test
    public void movementIsPacedButTheFirstChangeIsShownAtOnce() throws Exception {
        Bench bench = new Bench().tap(Keys.F12).pass(3100);
        FrameLoop loop = loop(bench);
        run(loop, bench, 1000);
        bench.tap(Keys.DOWN);
        loop.runStep();
        assertEquals(2, context.frames().size());
        for (int i = 0; i < 1000; i++) {
            bench.tap(Keys.DOWN);
            run(loop, bench, 1);
        }
        assertEquals("one second at 30 per second", 30, context.frames().size() - 2, 1);
    }

    @Test
    public void typedLettersCanBeReadFromThePicture() throws Exception {
        Bench bench = Bench.at(SceneCode.CONSOLE);
        FrameLoop loop = loop(bench);
        loop.runStep();
        bench.type("echo hello").point(640, 361, 5);
        run(loop, bench, 40);
        FrameTag tag = tag(last());
        assertEquals(new FrameTag(tag.sequence(), SceneCode.CONSOLE.ordinal(), "ho hello", 640, 361, 5, 1, 0, 0), tag);
        assertEquals(sequence.get() - 1, tag.sequence());
    }

    @Test
    public void withoutViewersOnlyTheFirstFrameIsMadeAndTimeGoesOn() throws Exception {
        context.viewers(0);
        Bench bench = new Bench();
        FrameLoop loop = loop(bench);
        run(loop, bench, 10_000);
        assertEquals(1, context.frames().size());
        assertEquals(SceneCode.CONSOLE, bench.machine.sceneCode());
        context.viewers(1);
        loop.runStep();
        assertEquals("the first viewer gets a picture", 2, context.frames().size());
        assertEquals(SceneCode.CONSOLE.ordinal(), tag(last()).scene());
    }

    @Test
    public void aFrameThatFoundNoBufferIsSentLater() throws Exception {
        Bench bench = new Bench().tap(Keys.F12).pass(3100);
        FrameLoop loop = loop(bench);
        context.exhausted(true);
        run(loop, bench, 100);
        assertTrue(context.reportLostFrames() > 1);
        context.exhausted(false);
        run(loop, bench, 100);
        assertEquals(1, context.frames().size());
        assertEquals(SceneCode.BOOT_MENU.ordinal(), tag(last()).scene());
    }

    @Test
    public void switchedOffItSaysSoAndComesBack() throws Exception {
        Bench bench = Bench.at(SceneCode.CONSOLE);
        FrameLoop loop = loop(bench);
        loop.runStep();
        bench.machine.powerOff();
        run(loop, bench, 5_000);
        assertEquals(List.of(new Signalled(Signal.NO_SIGNAL, "the virtual computer is off: press its power button")),
            context.signals());
        assertEquals(1, context.frames().size());
        bench.machine.pressPowerButton();
        loop.runStep();
        assertEquals(SceneCode.POST.ordinal(), tag(last()).scene());
    }

    @Test
    public void fullHdIsEncodedAsWell() throws Exception {
        Bench bench = new Bench(1920, 1080, Nvram.DEFAULTS).pass(5000).type("hello");
        new FrameLoop(bench.machine, Settings.parseSettings(Map.of("size", "1920x1080")), new Look(1920, 1080, FontSource::drawWithJava),
            context,
            bench.nanos::get, sequence).runStep();
        assertEquals(1080, last().format().height());
        assertEquals("hello", tag(last()).typed());
    }
}
