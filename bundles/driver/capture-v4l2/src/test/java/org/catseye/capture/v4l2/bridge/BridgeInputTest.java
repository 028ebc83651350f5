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

    @Test
    public void edidIsValid() {
        byte[] edid = Edid.createBlock();
        assertEquals(128, edid.length);
        int sum = 0;
        for (byte b : edid) {
            sum += b;
        }
        assertEquals("checksum", 0, sum & 0xff);
        assertEquals("begins like an EDID", 0xff, edid[1] & 0xff);
        assertEquals("preferred width", 1280, edid[56] & 0xff | (edid[58] & 0xf0) << 4);
        assertEquals("preferred height", 720, edid[59] & 0xff | (edid[61] & 0xf0) << 4);
        assertEquals("pixel clock in 10 kHz", 7425, edid[54] & 0xff | (edid[55] & 0xff) << 8);
        assertEquals("no extension", 0, edid[126]);
    }
}
