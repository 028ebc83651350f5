package org.catseye.capture.v4l2.frame;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.catseye.capture.v4l2.kernel.StreamFormat;
import org.catseye.capture.v4l2.kernel.V4l2;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.video.spi.Slot;
import org.junit.Test;

public class YuvSourceTest {

    private static final int WIDTH = 64;
    private static final int HEIGHT = 32;
    private static final int PADDED_LINE = WIDTH * 2 + 16;

    /** Y, U, V of BT.601 100 % colours, and their RGB. */
    private static final int[][] COLOURS = {
        {235, 128, 128, 0xffffff}, {16, 128, 128, 0x000000}, {81, 90, 240, 0xff0000}, {145, 54, 34, 0x00ff00}, {41, 240, 110, 0x0000ff}};

    @Test
    public void coloursAreCorrectInBothByteOrders() throws Exception {
        for (int fourcc : new int[] {V4l2.YUYV, V4l2.UYVY}) {
            for (int[] colour : COLOURS) {
                BufferedImage image = Pictures.decode(encode(fourcc, colour));
                assertEquals(WIDTH, image.getWidth());
                assertEquals(HEIGHT, image.getHeight());
                int rgb = image.getRGB(WIDTH / 2, HEIGHT / 2);
                for (int shift = 0; shift <= 16; shift += 8) {
                    assertEquals(V4l2.formatName(fourcc) + " " + Integer.toHexString(colour[3]), colour[3] >> shift & 0xff, rgb >> shift & 0xff, 6);
                }
            }
        }
    }

    @Test
    public void producesACompleteJpeg() throws Exception {
        byte[] jpeg = encode(V4l2.YUYV, COLOURS[2]);
        assertTrue(new JpegFrame().parseFrame(Pictures.mapped(jpeg, 0), jpeg.length));
    }

    @Test
    public void shortBufferIsRejected() throws Exception {
        try (FrameSource source = createSource(V4l2.YUYV)) {
            assertFalse(source.acceptFrame(ByteBuffer.allocateDirect(PADDED_LINE * HEIGHT), PADDED_LINE * HEIGHT - 64));
            assertEquals("they are shorter than a picture", source.defectDescription());
        }
    }

    @Test
    public void otherFormatsAreRejectedWithAMessage() {
        IOException e = assertThrows(IOException.class, () -> FrameSource.forFormat(new StreamFormat(0x3231564e, 64, 32, 64, 30)));
        assertEquals("the device delivers only NV12 pictures, which cannot be shown", e.getMessage());
    }

    private static FrameSource createSource(int fourcc) throws IOException {
        return FrameSource.forFormat(new StreamFormat(fourcc, WIDTH, HEIGHT, PADDED_LINE, 10));
    }

    private static byte[] encode(int fourcc, int[] colour) throws Exception {
        ByteBuffer raw = ByteBuffer.allocateDirect(PADDED_LINE * HEIGHT);
        int luma = fourcc == V4l2.YUYV ? 0 : 1;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH * 2; x += 4) {
                int at = y * PADDED_LINE + x;
                raw.put(at + luma, (byte) colour[0]).put(at + luma + 2, (byte) colour[0]);
                raw.put(at + 1 - luma, (byte) colour[1]).put(at + 3 - luma, (byte) colour[2]);
            }
        }
        try (FrameSource source = createSource(fourcc)) {
            assertTrue(source.acceptFrame(raw, raw.capacity()));
            Slot slot = source.copyToSlot(raw, new FakeCaptureContext()).orElseThrow();
            byte[] jpeg = new byte[slot.buffer().position()];
            slot.buffer().flip().get(jpeg);
            return jpeg;
        }
    }
}
