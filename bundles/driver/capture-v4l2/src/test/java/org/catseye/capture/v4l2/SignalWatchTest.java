package org.catseye.capture.v4l2;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.video.Codec;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.Signal;
import org.junit.Test;

public class SignalWatchTest {

    private static final Stick MS2109 = new Stick("/dev/video0", "USB Video", "1-1", 0x534d, 0x2109, 480, "2", Optional.empty());
    private static final VideoFormat FORMAT = new VideoFormat(Codec.JPEG, 640, 480);
    private static final long FRAME = 33_000_000L;

    private final FakeCaptureContext context = new FakeCaptureContext();
    private final SignalWatch watch = new SignalWatch(context, MS2109);
    private final InputRegistersTest.FakeChip chip = new InputRegistersTest.FakeChip();
    private long now = FRAME;

    @Test
    public void fillerAtTheStartIsKeptBackWithoutAWord() throws Exception {
        watch.enable(true);
        for (int i = 0; i < 14; i++) {
            assertFalse(shows(0x070707));
        }
        assertEquals(List.of(), context.signals());
        assertTrue(shows(0x808080));
    }

    @Test
    public void fillerThatStaysMeansNoSignalAndIsToldOnce() throws Exception {
        watch.enable(true);
        for (int i = 0; i < 100; i++) {
            assertFalse(shows(0x070707));
        }
        assertEquals(List.of(new FakeCaptureContext.Signalled(Signal.NO_SIGNAL,
            "no HDMI signal: check the cable and whether the computer is on and awake")), context.signals());
        assertTrue("the picture is back with its first frame", shows(0x808080));
    }

    @Test
    public void theRegisterSaysWhichItIs() throws Exception {
        watch.enable(true);
        watch.registers(new InputRegisters(Chip.MS2109, Chip.MS2109.registers().orElseThrow(), chip, () -> 0));
        for (int i = 0; i < 40; i++) {
            shows(0x070707);
        }
        assertTrue(context.signals().toString(), context.signals().get(0).reason().contains("nothing is connected to the stick"));
        chip.memory.put(0xfa8c, 1);
        chip.word(0xc6af, 1920);
        chip.word(0xc6b1, 1080);
        chip.word(0xc6b5, 6000);
        watch.tick(now);
        shows(0x070707);
        assertTrue(context.signals().toString(), context.signals().get(1).reason().startsWith("HDMI is connected (1920x1080p at 60/s)"));
        assertEquals(IncomingSignal.ofPicture(Optional.of(new IncomingSignal.Timing(1920, 1080, 60, false))), context.reportIncomingSignal());
        chip.memory.put(0xfa8c, 0);
        watch.tick(now);
        assertEquals("pulled out", IncomingSignal.UNKNOWN, context.reportIncomingSignal());
    }

    @Test
    public void blackIsAPictureUnlessNothingIsConnected() throws Exception {
        watch.enable(true);
        assertTrue(shows(0));
        watch.registers(new InputRegisters(Chip.MS2109, Chip.MS2109.registers().orElseThrow(), chip, () -> 0));
        watch.tick(now);
        assertFalse(shows(0));
    }

    @Test
    public void switchedOffItShowsEverything() throws Exception {
        watch.enable(false);
        assertTrue(shows(0x070707));
    }

    private boolean shows(int rgb) throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.uniform(640, 480, rgb));
        JpegFrame frame = new JpegFrame();
        assertTrue(frame.read(Pictures.mapped(jpeg, 0), jpeg.length));
        now += FRAME;
        return watch.shows(Pictures.slot(jpeg), frame.scan(), FORMAT, now);
    }
}
