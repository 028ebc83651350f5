package org.catseye.capture.v4l2.signal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.catseye.capture.v4l2.frame.JpegFrame;
import org.catseye.capture.v4l2.frame.Pictures;
import org.catseye.capture.v4l2.stick.Chip;
import org.catseye.capture.v4l2.stick.Stick;
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
    public void fillerAtTheStartIsWithheldSilently() throws Exception {
        watch.setEnabled(true);
        for (int i = 0; i < 14; i++) {
            assertFalse(publishes(0x070707));
        }
        assertEquals(List.of(), context.signals());
        assertTrue(publishes(0x808080));
    }

    @Test
    public void lastingFillerIsReportedOnceAsNoSignal() throws Exception {
        watch.setEnabled(true);
        for (int i = 0; i < 100; i++) {
            assertFalse(publishes(0x070707));
        }
        assertEquals(List.of(new FakeCaptureContext.Signalled(Signal.NO_SIGNAL,
            "no HDMI signal: check the cable and whether the computer is on and awake")), context.signals());
        assertTrue("the picture returns with its first frame", publishes(0x808080));
    }

    @Test
    public void registerGivesTheReason() throws Exception {
        watch.setEnabled(true);
        watch.useRegisters(new InputRegisters(Chip.MS2109, Chip.MS2109.registerMap().orElseThrow(), chip, () -> 0));
        for (int i = 0; i < 40; i++) {
            publishes(0x070707);
        }
        assertTrue(context.signals().toString(), context.signals().get(0).reason().contains("nothing is connected to the stick"));
        chip.memory.put(0xfa8c, 1);
        chip.putWord(0xc6af, 1920);
        chip.putWord(0xc6b1, 1080);
        chip.putWord(0xc6b5, 6000);
        watch.readRegistersIfDue(now);
        publishes(0x070707);
        assertTrue(context.signals().toString(), context.signals().get(1).reason().startsWith("HDMI is connected (1920x1080p at 60/s)"));
        assertEquals(IncomingSignal.ofPicture(Optional.of(new IncomingSignal.Timing(1920, 1080, 60, false))), context.reportIncomingSignal());
        chip.memory.put(0xfa8c, 0);
        watch.readRegistersIfDue(now);
        assertEquals("pulled out", IncomingSignal.UNKNOWN, context.reportIncomingSignal());
    }

    @Test
    public void blackIsAPictureUnlessNothingIsConnected() throws Exception {
        watch.setEnabled(true);
        assertTrue(publishes(0));
        watch.useRegisters(new InputRegisters(Chip.MS2109, Chip.MS2109.registerMap().orElseThrow(), chip, () -> 0));
        watch.readRegistersIfDue(now);
        assertFalse(publishes(0));
    }

    @Test
    public void aPictureOfOneColourIsAPictureWhileTheChipReportsASource() throws Exception {
        chip.memory.put(0xfa8c, 1);
        watch.setEnabled(true);
        watch.useRegisters(new InputRegisters(Chip.MS2109, Chip.MS2109.registerMap().orElseThrow(), chip, () -> 0));
        for (int colour : new int[] {0x0000aa, 0x0000ff, 0x0a0a0a, 0x000000, 0xffffff}) {
            for (int i = 0; i < 40; i++) {
                assertTrue(Integer.toHexString(colour), publishes(colour));
            }
        }
        assertEquals(List.of(), context.signals());
    }

    @Test
    public void blueIsNoSignalOnceTheSourceIsUnplugged() throws Exception {
        chip.memory.put(0xfa8c, 1);
        watch.setEnabled(true);
        watch.useRegisters(new InputRegisters(Chip.MS2109, Chip.MS2109.registerMap().orElseThrow(), chip, () -> 0));
        assertTrue(publishes(0x0000ff));
        chip.memory.put(0xfa8c, 0);
        watch.readRegistersIfDue(now);
        for (int i = 0; i < 40; i++) {
            assertFalse(publishes(0x0000ff));
        }
        assertEquals(Signal.NO_SIGNAL, context.signals().get(0).signal());
    }

    @Test
    public void blueWithoutARegisterIsTheFillerOfAClone() throws Exception {
        watch.setEnabled(true);
        for (int i = 0; i < 40; i++) {
            assertFalse(publishes(0x0000ff));
        }
        assertEquals(1, context.signals().size());
    }

    @Test
    public void disabledWatchPublishesEverything() throws Exception {
        watch.setEnabled(false);
        assertTrue(publishes(0x070707));
    }

    private boolean publishes(int rgb) throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.uniform(640, 480, rgb));
        JpegFrame frame = new JpegFrame();
        assertTrue(frame.parseFrame(Pictures.mapped(jpeg, 0), jpeg.length));
        now += FRAME;
        return watch.isPublishable(Pictures.slot(jpeg), frame.scanOffset(), FORMAT, now);
    }
}
