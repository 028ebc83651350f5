package org.catseye.virtual.paint;

import static org.junit.Assert.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.catseye.jpeg.JpegEncoder;
import org.junit.Test;

public class FrameTagTest {

    private static final FrameTag TAG = new FrameTag(0xfedcba98L, 5, "hello", 1919, 1079, 0x1f, 7, 200, 14);

    private final Canvas canvas = new Canvas(1280, 720);

    private int pixel(int x, int y) {
        return canvas.pixels()[y * canvas.width() + x];
    }

    @Test
    public void survivesJpegAtEveryQuality() throws Exception {
        Arrays.fill(canvas.pixels(), 0x808080);
        TAG.paintTag(canvas);
        for (int quality : new int[] {10, 50, 85, 100}) {
            JpegEncoder encoder = new JpegEncoder(1280, 720, quality);
            encoder.encodePicture(canvas.pixels());
            ByteBuffer jpeg = ByteBuffer.allocate(encoder.sizeBytes());
            encoder.writePicture(jpeg);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg.array()));
            assertEquals("quality " + quality, Optional.of(TAG), FrameTag.readTag(image::getRGB));
        }
    }

    @Test
    public void aDamagedOrAbsentTagIsNotRead() {
        assertEquals(Optional.empty(), FrameTag.readTag(this::pixel));
        for (int cell = 0; cell < 192; cell++) {
            TAG.paintTag(canvas);
            int x = cell % 96 * 8;
            int y = cell / 96 * 8;
            canvas.fillRectangle(x, y, 8, 8, pixel(x, y) == 0 ? 0xffffff : 0);
            assertEquals("cell " + cell, Optional.empty(), FrameTag.readTag(this::pixel));
        }
    }

    @Test
    public void theLastEightLettersAreKept() {
        assertEquals("90123456", new FrameTag(0, 0, "01234567890123456", 0, 0, 0, 0, 0, 0).typed());
        assertEquals("?", new FrameTag(0, 0, "\u00e9", 0, 0, 0, 0, 0, 0).typed());
    }

    @Test
    public void theCheckSumIsTheCommonOne() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertEquals("CRC-16/CCITT-FALSE, check value of the catalogue", 0x29b1, FrameTag.computeCrc(digits, digits.length));
    }
}
