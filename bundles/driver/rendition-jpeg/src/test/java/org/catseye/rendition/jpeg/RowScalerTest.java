package org.catseye.rendition.jpeg;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.util.Arrays;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.junit.Test;

public class RowScalerTest {

    private static int[] scale(int[] grey, int width, int height, int toWidth, int toHeight) {
        byte[] image = new byte[3 * grey.length];
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte) grey[i / 3];
        }
        RowScaler scaler = new RowScaler(new VideoFormat(Codec.JPEG, width, height), new VideoFormat(Codec.JPEG, toWidth, toHeight));
        int[] pixels = new int[toWidth * toHeight];
        for (int row = 0; row < toHeight; row++) {
            scaler.scaleRow(image, row, pixels, row * toWidth);
        }
        return Arrays.stream(pixels).peek(pixel -> assertEquals("grey", (pixel & 0xff) * 0x010101, pixel)).map(pixel -> pixel & 0xff).toArray();
    }

    @Test
    public void aPixelIsTheMeanOfItsArea() {
        assertArrayEquals(new int[] {25, 200}, scale(new int[] {10, 20, 200, 200, 30, 40, 200, 200}, 4, 2, 2, 1));
    }

    @Test
    public void aPixelOnTheBorderCountsForBoth() {
        assertArrayEquals(new int[] {33, 66}, Arrays.stream(scale(new int[] {0, 100, 50}, 3, 1, 2, 1)).map(value -> Math.round(value)).toArray());
    }

    @Test
    public void aPlainAreaKeepsItsColor() {
        int[] white = new int[19 * 11];
        Arrays.fill(white, 255);
        int[] small = new int[12 * 7];
        Arrays.fill(small, 255);
        assertArrayEquals(small, scale(white, 19, 11, 12, 7));
    }

    @Test
    public void theSameSizeIsACopy() {
        int[] all = {1, 2, 3, 4, 5, 6};
        assertArrayEquals(all, scale(all, 3, 2, 3, 2));
    }

    @Test
    public void colorsStayApart() {
        RowScaler scaler = new RowScaler(new VideoFormat(Codec.JPEG, 2, 2), new VideoFormat(Codec.JPEG, 1, 1));
        byte[] image = {1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3};
        int[] pixels = new int[1];
        scaler.scaleRow(image, 0, pixels, 0);
        assertEquals(0x030201, pixels[0]);
    }
}
