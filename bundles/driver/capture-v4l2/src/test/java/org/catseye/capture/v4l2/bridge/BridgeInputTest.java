package org.catseye.capture.v4l2.bridge;

import static org.junit.Assert.assertEquals;

import java.nio.ByteBuffer;
import org.catseye.capture.v4l2.kernel.V4l2;
import org.catseye.linux.Struct;
import org.catseye.video.IncomingSignal.Timing;
import org.junit.Test;

public class BridgeInputTest {

    @Test
    public void parsesTimingsOfThePackedStructure() {
        ByteBuffer t = Struct.allocate(V4l2.DV_TIMINGS);
        t.putInt(4, 1920).putInt(8, 1080).putInt(12, 0).putLong(20, 148_500_000L);
        t.putInt(28, 88).putInt(32, 44).putInt(36, 148).putInt(40, 4).putInt(44, 5).putInt(48, 36);
        Timing timing = BridgeInput.parseTiming(t);
        assertEquals("1920x1080p at 60/s", timing.description());
        t.putLong(20, 148_351_648L);
        assertEquals("1920x1080p at 59.94/s", BridgeInput.parseTiming(t).description());
        t.putInt(12, 1).putLong(20, 0);
        assertEquals("no rate without a clock", "1920x1080i", BridgeInput.parseTiming(t).description());
    }
}
