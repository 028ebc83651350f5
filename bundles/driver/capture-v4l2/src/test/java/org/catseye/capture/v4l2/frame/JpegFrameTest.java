package org.catseye.capture.v4l2.frame;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.Test;

public class JpegFrameTest {

    private final JpegFrame frame = new JpegFrame();

    @Test
    public void readsSizeTablesAndScan() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        assertTrue(parses(jpeg));
        assertEquals(64, frame.width());
        assertEquals(48, frame.height());
        assertEquals(jpeg.length, frame.length());
        assertTrue(frame.hasHuffmanTables());
        assertEquals("behind the SOS segment", 0xda, jpeg[frame.scanOffset() - 13] & 0xff);
        assertTrue(parses(Pictures.withoutHuffmanTables(jpeg)));
        assertFalse(frame.hasHuffmanTables());
    }

    @Test
    public void trimsPaddingBehindTheEnd() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        for (int padding : new int[] {1, 2, 3, 4096}) {
            assertTrue(padding + " bytes", frame.parseFrame(Pictures.mapped(jpeg, padding), jpeg.length + padding));
            assertEquals(jpeg.length, frame.length());
        }
    }

    @Test
    public void frameThatWasCutAnywhereIsRejected() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        ByteBuffer mapped = Pictures.mapped(jpeg, 0);
        for (int length = 0; length < jpeg.length; length++) {
            assertFalse("cut to " + length + " of " + jpeg.length, frame.parseFrame(mapped, length));
        }
        frame.parseFrame(mapped, jpeg.length - 2);
        assertEquals("their end is missing", frame.defect().description());
    }

    @Test
    public void cutFrameWithPaddingIsRejected() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        byte[] cut = Arrays.copyOf(Arrays.copyOf(jpeg, jpeg.length / 2), jpeg.length);
        assertFalse(parses(cut));
    }

    @Test
    public void otherDataIsRejected() {
        assertFalse(parses(new byte[4096]));
        assertEquals("they are too short or do not begin as a JPEG", frame.defect().description());
        assertFalse(parses(new byte[0]));
    }

    @Test
    public void damagedHeaderIsRejectedWithoutReadingBeyondTheFrame() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        byte[] damaged = jpeg.clone();
        damaged[4] = (byte) 0xff;
        damaged[5] = (byte) 0xff;
        assertFalse(parses(damaged));
        assertEquals("their header is damaged", frame.defect().description());
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = jpeg.clone();
            for (int k = 0; k < 8; k++) {
                noise[2 + random.nextInt(620)] = (byte) random.nextInt();
            }
            parses(noise);
        }
    }

    private boolean parses(byte[] bytes) {
        return frame.parseFrame(Pictures.mapped(bytes, 0), bytes.length);
    }
}
