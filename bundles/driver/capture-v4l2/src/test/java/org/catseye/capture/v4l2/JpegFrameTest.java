package org.catseye.capture.v4l2;

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
        assertTrue(read(jpeg));
        assertEquals(64, frame.width());
        assertEquals(48, frame.height());
        assertEquals(jpeg.length, frame.length());
        assertTrue(frame.hasHuffmanTables());
        assertEquals("behind the SOS segment", 0xda, jpeg[frame.scan() - 13] & 0xff);
        assertTrue(read(Pictures.withoutHuffmanTables(jpeg)));
        assertFalse(frame.hasHuffmanTables());
    }

    @Test
    public void trimsPaddingBehindTheEnd() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        for (int padding : new int[] {1, 2, 3, 4096}) {
            assertTrue(padding + " bytes", frame.read(Pictures.mapped(jpeg, padding), jpeg.length + padding));
            assertEquals(jpeg.length, frame.length());
        }
    }

    @Test
    public void aFrameThatWasCutAnywhereIsRefused() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        ByteBuffer mapped = Pictures.mapped(jpeg, 0);
        for (int length = 0; length < jpeg.length; length++) {
            assertFalse("cut to " + length + " of " + jpeg.length, frame.read(mapped, length));
        }
        frame.read(mapped, jpeg.length - 2);
        assertEquals("its end is missing", frame.defect());
    }

    @Test
    public void aCutFrameWithPaddingIsRefused() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        byte[] cut = Arrays.copyOf(Arrays.copyOf(jpeg, jpeg.length / 2), jpeg.length);
        assertFalse(read(cut));
    }

    @Test
    public void whatIsNotAJpegIsRefused() {
        assertFalse(read(new byte[4096]));
        assertEquals("it is too short or does not begin as a JPEG", frame.defect());
        assertFalse(read(new byte[0]));
    }

    @Test
    public void aDamagedHeadIsRefusedWithoutReadingBeyondTheFrame() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        byte[] damaged = jpeg.clone();
        damaged[4] = (byte) 0xff;
        damaged[5] = (byte) 0xff;
        assertFalse(read(damaged));
        assertEquals("its head is damaged", frame.defect());
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = jpeg.clone();
            for (int k = 0; k < 8; k++) {
                noise[2 + random.nextInt(620)] = (byte) random.nextInt();
            }
            read(noise);
        }
    }

    private boolean read(byte[] bytes) {
        return frame.read(Pictures.mapped(bytes, 0), bytes.length);
    }
}
