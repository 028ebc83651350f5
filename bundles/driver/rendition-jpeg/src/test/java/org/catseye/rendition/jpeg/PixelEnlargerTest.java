package org.catseye.rendition.jpeg;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.util.Arrays;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.junit.Test;

public class PixelEnlargerTest {

    private static int[] enlarge(int[] small, int width, int toWidth, int toHeight) {
        int[] large = new int[toWidth * toHeight];
        PixelEnlarger.enlarge(small, new VideoFormat(Codec.JPEG, width, small.length / width), large, new VideoFormat(Codec.JPEG, toWidth, toHeight));
        return large;
    }

    @Test
    public void pixelsBetweenTwoAreAMixture() {
        assertArrayEquals(new int[] {0, 0x3f3f3f, 0xbfbfbf, 0xffffff}, enlarge(new int[] {0, 0xffffff}, 2, 4, 1));
        assertArrayEquals(new int[] {0, 0x3f3f3f, 0xbfbfbf, 0xffffff}, enlarge(new int[] {0, 0xffffff}, 1, 1, 4));
    }

    @Test
    public void coloursDoNotMix() {
        assertArrayEquals(new int[] {0xff0000, 0xbf003f, 0x3f00bf, 0x0000ff}, enlarge(new int[] {0xff0000, 0x0000ff}, 2, 4, 1));
        assertArrayEquals(new int[] {0x00ff00, 0x00bf00, 0x003f00, 0}, enlarge(new int[] {0x00ff00, 0}, 2, 4, 1));
    }

    @Test
    public void aPlainAreaKeepsItsColour() {
        int[] small = new int[7 * 5];
        Arrays.fill(small, 0x123456);
        assertEquals(1, Arrays.stream(enlarge(small, 7, 19, 11)).distinct().count());
    }

    @Test
    public void theSameSizeIsACopy() {
        int[] small = {1, 2, 3, 0xffffff, 5, 6};
        assertArrayEquals(small, enlarge(small, 3, 3, 2));
    }
}
