package org.catseye.capture.v4l2.frame;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.Slot;
import org.junit.Test;

public class JpegSourceTest {

    private final JpegSource source = new JpegSource();
    private final FakeCaptureContext context = new FakeCaptureContext();

    @Test
    public void passesTheBytesThroughUnchanged() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        assertArrayEquals(jpeg, passThrough(jpeg, 10));
        assertEquals(new VideoFormat(Codec.JPEG, 64, 48), source.frameFormat());
    }

    @Test
    public void insertsMissingHuffmanTablesSoThatEveryDecoderWorks() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.console(320, 200));
        byte[] bare = Pictures.withoutHuffmanTables(jpeg);
        assertTrue("the test removes the tables", bare.length < jpeg.length);
        byte[] repaired = passThrough(bare, 0);
        assertEquals(bare.length + HuffmanTables.LENGTH, repaired.length);
        assertEquals("directly behind SOI", 0xffc4, (repaired[2] & 0xff) << 8 | repaired[3] & 0xff);
        assertSamePixels(Pictures.decode(jpeg), Pictures.decode(repaired));
        assertEquals("where the scan begins", 0xda, repaired[source.scanOffset() - 13] & 0xff);
    }

    @Test
    public void rejectedFrameLeavesTheAcceptedOneUnchanged() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        assertTrue(source.acceptFrame(Pictures.mapped(jpeg, 0), jpeg.length));
        assertFalse(source.acceptFrame(Pictures.mapped(new byte[500], 0), 500));
        assertEquals(64, source.frameFormat().width());
        assertEquals("they are too short or do not begin as a JPEG", source.defectDescription());
    }

    @Test
    public void formatObjectsAreCreatedOnlyForNewSizes() throws Exception {
        byte[] small = Pictures.jpeg(Pictures.noise(64, 48));
        passThrough(small, 0);
        VideoFormat format = source.frameFormat();
        passThrough(small, 0);
        assertSame(format, source.frameFormat());
        passThrough(Pictures.jpeg(Pictures.noise(80, 48)), 0);
        assertEquals(80, source.frameFormat().width());
    }

    @Test
    public void nothingIsCopiedWithoutABuffer() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        ByteBuffer mapped = Pictures.mapped(jpeg, 0);
        assertTrue(source.acceptFrame(mapped, jpeg.length));
        context.exhausted(true);
        assertTrue(source.copyToSlot(mapped, context).isEmpty());
    }

    private byte[] passThrough(byte[] jpeg, int padding) {
        ByteBuffer mapped = Pictures.mapped(jpeg, padding);
        assertTrue(source.defectDescription(), source.acceptFrame(mapped, jpeg.length + padding));
        Slot slot = source.copyToSlot(mapped, context).orElseThrow();
        assertEquals("the position of the driver's buffer is unchanged", 0, mapped.position());
        byte[] bytes = new byte[slot.buffer().position()];
        slot.buffer().flip().get(bytes);
        slot.close();
        return bytes;
    }

    private static void assertSamePixels(BufferedImage a, BufferedImage b) {
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                assertEquals(a.getRGB(x, y), b.getRGB(x, y));
            }
        }
    }
}
