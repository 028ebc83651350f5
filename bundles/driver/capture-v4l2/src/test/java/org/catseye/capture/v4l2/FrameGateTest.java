package org.catseye.capture.v4l2;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.testkit.FakeCaptureContext;
import org.junit.Test;

public class FrameGateTest {

    private static final Stick STICK = new Stick("/dev/video0", "USB Video", "1-1", 0x534d, 0x2109, 480, "2", Optional.empty());
    private static final long SECOND = 1_000_000_000L;

    private final FakeCaptureContext context = new FakeCaptureContext();
    private final JpegSource source = new JpegSource();

    @Test
    public void gapsInTheSequenceAreLostFrames() throws Exception {
        FrameGate gate = gate(false);
        for (int number : new int[] {7, 8, 11, 12}) {
            gate.sequence(number);
        }
        assertEquals(2, context.reportLostFrames());
        gate.sequence(0);
        gate.sequence(1);
        assertEquals("a counter that begins anew lost nothing", 2, context.reportLostFrames());
        gate.sequence(Integer.MAX_VALUE);
        gate.sequence(Integer.MIN_VALUE);
        assertEquals("nor does one that overflows", 2, context.reportLostFrames());
    }

    @Test
    public void stampsThatCannotBeAreReplacedAndNeverRunBackwards() throws Exception {
        FrameGate gate = gate(false);
        assertEquals("the driver's", 99 * SECOND, gate.stamp(99 * SECOND, 100 * SECOND));
        assertEquals("none: when it was received", 100 * SECOND, gate.stamp(0, 100 * SECOND));
        assertEquals("of the future", 101 * SECOND, gate.stamp(500 * SECOND, 101 * SECOND));
        assertEquals("of another clock", 102 * SECOND, gate.stamp(5, 102 * SECOND));
        assertEquals("backwards", 102 * SECOND, gate.stamp(101 * SECOND, 103 * SECOND));
    }

    @Test
    public void sameFramesAreSentOnceASecond() throws Exception {
        FrameGate gate = gate(true);
        byte[] still = Pictures.jpeg(Pictures.noise(64, 48));
        for (int i = 0; i < 60; i++) {
            offer(gate, still, i * SECOND / 30);
        }
        assertEquals(2, context.frames().size());
        offer(gate, Pictures.jpeg(Pictures.noise(64, 64)), 2 * SECOND);
        offer(gate, still, 2 * SECOND + 1);
        assertEquals("a change is sent at once, and back", 4, context.frames().size());
        assertEquals("what is skipped is given back", 0, context.lent());
    }

    @Test
    public void withoutTheOptionEveryFrameIsSent() throws Exception {
        FrameGate gate = gate(false);
        byte[] still = Pictures.jpeg(Pictures.noise(64, 48));
        for (int i = 0; i < 10; i++) {
            offer(gate, still, i);
        }
        assertEquals(10, context.frames().size());
        assertTrue(context.frames().get(9).key());
        assertEquals(9, context.frames().get(9).capturedNanos());
    }

    private FrameGate gate(boolean dropSameFrames) throws Exception {
        return new FrameGate(context, STICK, Given.settings("dropSameFrames", dropSameFrames));
    }

    private void offer(FrameGate gate, byte[] jpeg, long stamp) throws Exception {
        ByteBuffer mapped = Pictures.mapped(jpeg, 0);
        assertTrue(source.accept(mapped, jpeg.length));
        gate.offer(source.copy(mapped, context).orElseThrow(), source, stamp);
    }
}
