package org.catseye.jpeg;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.Test;

/** The JDK's decoder judges what the encoder made. */
public class JpegEncoderTest {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 200;

    private final Random random = new Random(7);

    private static byte[] bytes(JpegEncoder encoder) {
        ByteBuffer out = ByteBuffer.allocateDirect(encoder.sizeBytes());
        encoder.writePicture(out);
        assertFalse("size() was exact", out.hasRemaining());
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    private static int[] decode(byte[] jpeg) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /** Peak signal to noise ratio in dB over the three colours. */
    private static double psnr(int[] a, int[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                int difference = (a[i] >> shift & 0xff) - (b[i] >> shift & 0xff);
                sum += difference * difference;
            }
        }
        return 10 * Math.log10(255 * 255 / Math.max(1e-9, sum / (3.0 * a.length)));
    }

    private int[] picture() {
        int[] pixels = new int[WIDTH * HEIGHT];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % WIDTH;
            int y = i / WIDTH;
            pixels[i] = y < 64 ? 0x204060 : y < 128 ? x << 16 & 0xff0000 | y << 8 | 255 - x & 0xff : x / 3 * 0x010101;
        }
        return pixels;
    }

    @Test
    public void aDecoderSeesWhatWasEncoded() throws Exception {
        int[] pixels = picture();
        JpegEncoder encoder = new JpegEncoder(WIDTH, HEIGHT, 90);
        encoder.encodePicture(pixels);
        double quality = psnr(pixels, decode(bytes(encoder)));
        assertTrue("psnr " + quality, quality > 38);
    }

    @Test
    public void noiseAtFullQualityFitsAndIsRight() throws Exception {
        int[] pixels = random.ints(WIDTH * HEIGHT, 0, 0x1000000).toArray();
        JpegEncoder encoder = new JpegEncoder(WIDTH, HEIGHT, 100);
        encoder.encodePicture(pixels);
        double quality = psnr(pixels, decode(bytes(encoder)));
        assertTrue("psnr " + quality, quality > 40);
    }

    @Test
    public void flatColoursComeBackAsTheyWere() throws Exception {
        for (int color : new int[] {0, 0xffffff, 0xff0000, 0x00ff00, 0x0000ff, 0x123456}) {
            int[] pixels = new int[64];
            Arrays.fill(pixels, color);
            JpegEncoder encoder = new JpegEncoder(8, 8, 100);
            encoder.encodePicture(pixels);
            assertTrue(psnr(pixels, decode(bytes(encoder))) > 44);
        }
    }

    @Test
    public void onlyChangedStripsAreEncodedAnewAndTheBytesAreTheSame() {
        int[] pixels = picture();
        JpegEncoder encoder = new JpegEncoder(WIDTH, HEIGHT, 85);
        assertEquals(HEIGHT / 8, encoder.encodePicture(pixels));
        assertEquals(0, encoder.encodePicture(pixels));
        assertFalse(encoder.hasChanged(pixels, 0));
        pixels[100 * WIDTH + 17] ^= 0xffffff;
        assertTrue(encoder.hasChanged(pixels, 100));
        assertFalse(encoder.hasChanged(pixels, 101));
        assertEquals(1, encoder.encodePicture(pixels));
        JpegEncoder fresh = new JpegEncoder(WIDTH, HEIGHT, 85);
        fresh.encodePicture(pixels);
        assertArrayEquals(bytes(fresh), bytes(encoder));
    }

    @Test
    public void lowerQualityIsSmaller() {
        int[] pixels = picture();
        int before = Integer.MAX_VALUE;
        for (int quality : new int[] {100, 85, 50, 10, 1}) {
            JpegEncoder encoder = new JpegEncoder(WIDTH, HEIGHT, quality);
            encoder.encodePicture(pixels);
            assertTrue(encoder.sizeBytes() < before);
            before = encoder.sizeBytes();
        }
    }

    @Test
    public void sizesThatAreNotWholeBlocksEndWithTheirLastPixels() throws Exception {
        for (int[] size : new int[][] {{1, 1}, {9, 8}, {8, 9}, {131, 77}}) {
            int width = size[0];
            int[] pixels = new int[width * size[1]];
            Arrays.setAll(pixels, i -> (i % width * 0x010203 + i / width * 0x030100) & 0xffffff);
            JpegEncoder encoder = new JpegEncoder(width, size[1], 95);
            encoder.encodePicture(pixels);
            assertEquals(0, encoder.encodePicture(pixels));
            int[] decoded = decode(bytes(encoder));
            assertEquals(pixels.length, decoded.length);
            assertTrue(width + "x" + size[1], psnr(pixels, decoded) > 34);
        }
    }

    @Test
    public void aCallerThatKnowsTheChangesGetsTheSameBytes() {
        int[] pixels = picture();
        JpegEncoder compares = new JpegEncoder(WIDTH, HEIGHT, 85);
        JpegEncoder trusts = new JpegEncoder(WIDTH, HEIGHT, 85);
        BitSet all = new BitSet();
        all.set(0, trusts.stripCount());
        compares.encodePicture(pixels);
        trusts.encodeStrips(pixels, all);
        assertArrayEquals(bytes(compares), bytes(trusts));
        pixels[100 * WIDTH + 17] ^= 0xffffff;
        BitSet changed = new BitSet();
        changed.set(100 / JpegEncoder.STRIP);
        compares.encodePicture(pixels);
        trusts.encodeStrips(pixels, changed);
        assertArrayEquals(bytes(compares), bytes(trusts));
    }

    @Test
    public void aCoarseStripIsSmallerAndBecomesSharpAgain() throws Exception {
        int[] pixels = random.ints(WIDTH * HEIGHT, 0, 0x1000000).toArray();
        JpegEncoder encoder = new JpegEncoder(WIDTH, HEIGHT, 75);
        BitSet all = new BitSet();
        all.set(0, encoder.stripCount());
        encoder.encodeStrips(pixels, all);
        byte[] sharp = bytes(encoder);
        double quality = psnr(pixels, decode(sharp));
        int strip = encoder.stripBytes(3);
        for (int coarseness = 1; coarseness <= JpegEncoder.MAX_COARSENESS; coarseness++) {
            encoder.encodeStrips(pixels, all, coarseness);
            double coarse = psnr(pixels, decode(bytes(encoder)));
            assertTrue(coarse + " " + quality, coarse < quality && coarse > 8);
            assertTrue(encoder.stripBytes(3) < strip);
            quality = coarse;
            strip = encoder.stripBytes(3);
        }
        int sum = encoder.headerBytes() + 2;
        for (int i = 0; i < encoder.stripCount(); i++) {
            sum += encoder.stripBytes(i);
        }
        assertEquals(sum, encoder.sizeBytes());
        encoder.encodeStrips(pixels, all);
        assertArrayEquals("the header is the same", sharp, bytes(encoder));
    }

    @Test
    public void aCoarsePictureAtFullQualityIsStillOne() throws Exception {
        int[] pixels = random.ints(WIDTH * HEIGHT, 0, 2).map(bit -> bit * 0xffffff).toArray();
        JpegEncoder encoder = new JpegEncoder(WIDTH, HEIGHT, 100);
        BitSet all = new BitSet();
        all.set(0, encoder.stripCount());
        encoder.encodeStrips(pixels, all, JpegEncoder.MAX_COARSENESS);
        double quality = psnr(pixels, decode(bytes(encoder)));
        assertTrue("psnr " + quality, quality > 20);
    }

    @Test
    public void impossibleSizesAndQualitiesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new JpegEncoder(0, 720, 85));
        assertThrows(IllegalArgumentException.class, () -> new JpegEncoder(1280, 0x10000, 85));
        assertThrows(IllegalArgumentException.class, () -> new JpegEncoder(1280, 720, 0));
    }
}
