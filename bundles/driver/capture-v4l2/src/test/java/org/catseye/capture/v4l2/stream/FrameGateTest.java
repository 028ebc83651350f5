package org.catseye.capture.v4l2.stream;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.capture.v4l2.frame.JpegSource;
import org.catseye.capture.v4l2.frame.Pictures;
import org.catseye.capture.v4l2.settings.Given;
import org.catseye.capture.v4l2.stick.Stick;
import org.catseye.testkit.FakeCaptureContext;
import org.junit.Test;

public class FrameGateTest {

    private static final Stick STICK = new Stick("/dev/video0", "USB Video", "1-1", 0x534d, 0x2109, 480, "2", Optional.empty());
    private static final long SECOND = 1_000_000_000L;

    private final FakeCaptureContext context = new FakeCaptureContext();
    private final JpegSource source = new JpegSource();

    @Test
    public void gapsInTheSequenceAreLostFrames() throws Exception {
        FrameGate gate = createGate(false);
        for (int number : new int[] {7, 8, 11, 12}) {
            gate.countSequence(number);
        }
        assertEquals(2, context.reportLostFrames());
        gate.countSequence(0);
        gate.countSequence(1);
        assertEquals("a restarted counter lost nothing", 2, context.reportLostFrames());
        gate.countSequence(Integer.MAX_VALUE);
        gate.countSequence(Integer.MIN_VALUE);
        assertEquals("neither did one that overflowed", 2, context.reportLostFrames());
    }

    @Test
    public void implausibleTimestampsAreReplacedAndNeverRunBackwards() throws Exception {
        FrameGate gate = createGate(false);
        assertEquals("the driver's", 99 * SECOND, gate.chooseTimestamp(99 * SECOND, 100 * SECOND));
        assertEquals("missing: the time of receipt", 100 * SECOND, gate.chooseTimestamp(0, 100 * SECOND));
        assertEquals("in the future", 101 * SECOND, gate.chooseTimestamp(500 * SECOND, 101 * SECOND));
        assertEquals("of another clock", 102 * SECOND, gate.chooseTimestamp(5, 102 * SECOND));
        assertEquals("backwards", 102 * SECOND, gate.chooseTimestamp(101 * SECOND, 103 * SECOND));
    }

    @Test
    public void equalFramesAreSentOnceASecond() throws Exception {
        FrameGate gate = createGate(true);
        byte[] still = Pictures.jpeg(Pictures.noise(64, 48));
        for (int i = 0; i < 60; i++) {
            publishJpeg(gate, still, i * SECOND / 30);
        }
        assertEquals(2, context.frames().size());
        publishJpeg(gate, Pictures.jpeg(Pictures.noise(64, 64)), 2 * SECOND);
        publishJpeg(gate, still, 2 * SECOND + 1);
        assertEquals("each change is sent immediately", 4, context.frames().size());
        assertEquals("slots of skipped frames are released", 0, context.lent());
    }

    @Test
    public void everyFrameIsSentWithoutTheOption() throws Exception {
        FrameGate gate = createGate(false);
        byte[] still = Pictures.jpeg(Pictures.noise(64, 48));
        for (int i = 0; i < 10; i++) {
            publishJpeg(gate, still, i);
        }
        assertEquals(10, context.frames().size());
        assertTrue(context.frames().get(9).key());
        assertEquals(9, context.frames().get(9).capturedNanos());
    }

    private FrameGate createGate(boolean dropSameFrames) throws Exception {
        return new FrameGate(context, STICK, Given.settings("dropSameFrames", dropSameFrames));
    }

    private void publishJpeg(FrameGate gate, byte[] jpeg, long stamp) throws Exception {
        ByteBuffer mapped = Pictures.mapped(jpeg, 0);
        assertTrue(source.acceptFrame(mapped, jpeg.length));
        gate.publishOrDrop(source.copyToSlot(mapped, context).orElseThrow(), source, stamp);
    }
}
