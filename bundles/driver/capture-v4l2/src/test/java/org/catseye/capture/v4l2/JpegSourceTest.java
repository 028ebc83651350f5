package org.catseye.capture.v4l2;

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
    public void passesTheBytesThroughAsTheyAre() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        assertArrayEquals(jpeg, through(jpeg, 10));
        assertEquals(new VideoFormat(Codec.JPEG, 64, 48), source.format());
    }

    @Test
    public void insertsMissingHuffmanTablesSoThatEveryDecoderReadsIt() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.console(320, 200));
        byte[] bare = Pictures.withoutHuffmanTables(jpeg);
        assertTrue("the test takes something away", bare.length < jpeg.length);
        byte[] mended = through(bare, 0);
        assertEquals(bare.length + HuffmanTables.LENGTH, mended.length);
        assertEquals("directly behind SOI", 0xffc4, (mended[2] & 0xff) << 8 | mended[3] & 0xff);
        assertSamePixels(Pictures.decode(jpeg), Pictures.decode(mended));
        assertEquals("where the scan begins", 0xda, mended[source.scan() - 13] & 0xff);
    }

    @Test
    public void aRefusedFrameLeavesTheAcceptedOneAlone() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        assertTrue(source.accept(Pictures.mapped(jpeg, 0), jpeg.length));
        assertFalse(source.accept(Pictures.mapped(new byte[500], 0), 500));
        assertEquals(64, source.format().width());
        assertEquals("it is too short or does not begin as a JPEG", source.defect());
    }

    @Test
    public void formatObjectsAreMadeForNewSizesOnly() throws Exception {
        byte[] small = Pictures.jpeg(Pictures.noise(64, 48));
        through(small, 0);
        VideoFormat format = source.format();
        through(small, 0);
        assertSame(format, source.format());
        through(Pictures.jpeg(Pictures.noise(80, 48)), 0);
        assertEquals(80, source.format().width());
    }

    @Test
    public void withoutABufferNothingIsCopied() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48));
        ByteBuffer mapped = Pictures.mapped(jpeg, 0);
        assertTrue(source.accept(mapped, jpeg.length));
        context.exhausted(true);
        assertTrue(source.copy(mapped, context).isEmpty());
    }

    private byte[] through(byte[] jpeg, int padding) {
        ByteBuffer mapped = Pictures.mapped(jpeg, padding);
        assertTrue(source.defect(), source.accept(mapped, jpeg.length + padding));
        Slot slot = source.copy(mapped, context).orElseThrow();
        assertEquals("the driver's buffer is not moved", 0, mapped.position());
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
