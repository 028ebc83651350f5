package org.catseye.vnc.screen;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.catseye.rfb.picture.PictureChanges;
import org.catseye.rfb.picture.Rectangle;
import org.catseye.vnc.DrawnPicture;
import org.junit.Test;

public class DrawingEncoderTest {

    private static final int WIDTH = 300;
    private static final int HEIGHT = 150;

    private final Random random = new Random(3);
    private final DrawingEncoder encoder = new DrawingEncoder();
    private final PictureChanges changes = new PictureChanges();
    private final int[] pixels = new int[WIDTH * HEIGHT];

    private ByteBuffer encode() {
        assertTrue(encoder.encodeChanges(changes, pixels, WIDTH));
        ByteBuffer steps = ByteBuffer.allocate(encoder.sizeBytes());
        encoder.writeDrawing(steps);
        return steps.flip();
    }

    /** Draws the changes over another picture. @return the bytes */
    private int assertDrawn(Rectangle area) {
        int[] old = new int[WIDTH * HEIGHT];
        Arrays.fill(old, 0x123456);
        DrawnPicture viewer = new DrawnPicture(WIDTH, old);
        ByteBuffer steps = encode();
        int bytes = steps.remaining();
        viewer.draw(steps);
        int[] expected = old.clone();
        for (int i = 0; i < area.pixelCount(); i++) {
            int at = (area.y() + i / area.width()) * WIDTH + area.x() + i % area.width();
            expected[at] = pixels[at];
        }
        assertArrayEquals(expected, viewer.pixels());
        return bytes;
    }

    @Test
    public void eachNumberOfColoursIsExact() {
        Rectangle area = new Rectangle(7, 5, 90, 70);
        for (int colours : new int[] {1, 2, 3, 4, 5, 16, 17, 255, 256, 5_000}) {
            Arrays.setAll(pixels, i -> random.nextInt(colours) * 0x010307 & 0xffffff);
            changes.clearChanges(Optional.empty());
            changes.addArea(area);
            int bytes = colours < 256 ? assertDrawn(area) : encoder.encodeChanges(changes, pixels, WIDTH) ? assertDrawn(area) : 0;
            assertTrue(colours + " colours: " + bytes, colours > 16 || bytes < 90 * 70 / 2 + 400);
        }
    }

    @Test
    public void anAreaOfOneColourTakesTwelveBytes() {
        Arrays.fill(pixels, 0xc08040);
        Rectangle whole = new Rectangle(0, 0, WIDTH, HEIGHT);
        changes.addArea(whole);
        assertEquals(12, assertDrawn(whole));
    }

    @Test
    public void aSmallPhotographIsDrawnAndALargeOneIsNot() {
        Arrays.setAll(pixels, i -> random.nextInt(1 << 24));
        Rectangle small = new Rectangle(10, 10, 70, 70);
        changes.addArea(small);
        assertDrawn(small);
        changes.addArea(new Rectangle(0, 0, WIDTH, HEIGHT));
        assertFalse(encoder.encodeChanges(changes, pixels, WIDTH));
    }

    @Test
    public void withoutAChangeThereIsNoDrawing() {
        assertFalse(encoder.encodeChanges(changes, pixels, WIDTH));
    }
}
