package org.catseye.rfb.picture;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.catseye.rfb.picture.ServerBytes.Filter;
import org.catseye.rfb.wire.RfbException;
import org.junit.Test;

/** Each encoding brings the picture that a server encoded; and what a hostile server sends costs neither memory nor an unexpected error. */
public class UpdateReaderTest {

    private static final int WIDTH = 150;
    private static final int HEIGHT = 101;

    private final Random random = new Random(11);

    /** Text-like, smooth and noisy parts. */
    private int[] picture() {
        int[] pixels = new int[WIDTH * HEIGHT];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % WIDTH;
            int y = i / WIDTH;
            pixels[i] = y < 30 ? random.nextInt(9) == 0 ? 0xffffff : 0x000080 : y < 65 ? x << 16 | y << 8 | 0x40 : x < 70 ? random.nextInt(0x1000000) : 0x336699;
        }
        return pixels;
    }

    private static int[] decode(ServerBytes bytes) throws IOException {
        try (Connection connection = new Connection(WIDTH, HEIGHT, bytes.toByteArray())) {
            connection.reader.readUpdate();
            assertEquals("all bytes belong to the update", 0, connection.stream.remaining());
            return connection.picture.pixels().clone();
        }
    }

    private static ServerBytes whole(int encoding) {
        return new ServerBytes().update(1).rectangle(0, 0, WIDTH, HEIGHT, encoding);
    }

    @Test
    public void everyEncodingBringsThePictureOfTheServer() throws Exception {
        int[] pixels = picture();
        assertArrayEquals("raw", pixels, decode(whole(Encoding.RAW).raw(pixels)));
        assertArrayEquals("hextile", pixels, decode(whole(Encoding.HEXTILE).hextile(pixels, WIDTH, HEIGHT)));
        assertArrayEquals("zrle", pixels, decode(whole(Encoding.ZRLE).zrle(pixels, WIDTH, HEIGHT)));
        assertArrayEquals("tight copy", pixels, decode(whole(Encoding.TIGHT).tight(pixels, WIDTH, Filter.COPY, 0)));
        assertArrayEquals("tight gradient", pixels, decode(whole(Encoding.TIGHT).tight(pixels, WIDTH, Filter.GRADIENT, 3)));
    }

    @Test
    public void palettesOfTwoAndOfManyColours() throws Exception {
        for (int colours : new int[] {2, 3, 16, 17, 200}) {
            int[] pixels = random.ints(WIDTH * HEIGHT, 0, colours).map(colour -> colour * 0x010305).toArray();
            assertArrayEquals("tight " + colours, pixels, decode(whole(Encoding.TIGHT).tight(pixels, WIDTH, Filter.PALETTE, 1)));
            assertArrayEquals("zrle " + colours, pixels, decode(whole(Encoding.ZRLE).zrle(pixels, WIDTH, HEIGHT)));
        }
    }

    @Test
    public void longRunsAndSingleColours() throws Exception {
        int[] pixels = new int[WIDTH * HEIGHT];
        Arrays.fill(pixels, 0x123456);
        assertArrayEquals(pixels, decode(whole(Encoding.TIGHT).tightFill(0x123456)));
        assertArrayEquals(pixels, decode(whole(Encoding.ZRLE).zrle(pixels, WIDTH, HEIGHT)));
        pixels[WIDTH * HEIGHT / 2] = 0;
        pixels[5] = 1;
        assertArrayEquals(pixels, decode(whole(Encoding.ZRLE).zrle(pixels, WIDTH, HEIGHT)));
        assertArrayEquals(pixels, decode(whole(Encoding.HEXTILE).hextile(pixels, WIDTH, HEIGHT)));
    }

    @Test
    public void compressedStreamsContinueOverRectanglesAndCanBeReset() throws Exception {
        int[] pixels = picture();
        ServerBytes bytes = new ServerBytes().update(4);
        for (int i = 0; i < 2; i++) {
            bytes.rectangle(0, 0, WIDTH, HEIGHT, Encoding.ZRLE).zrle(pixels, WIDTH, HEIGHT);
            bytes.rectangle(0, 0, WIDTH, HEIGHT, Encoding.TIGHT).tight(pixels, WIDTH, Filter.COPY, 2);
        }
        assertArrayEquals(pixels, decode(bytes));
        // A new server side: its streams begin anew, and the first byte demands the same of the client.
        byte[] reset = new ServerBytes().tight(pixels, WIDTH, Filter.COPY, 2).toByteArray();
        reset[0] |= 4;
        ServerBytes again = new ServerBytes().update(2).rectangle(0, 0, WIDTH, HEIGHT, Encoding.TIGHT).tight(pixels, WIDTH, Filter.COPY, 2)
            .rectangle(0, 0, WIDTH, HEIGHT, Encoding.TIGHT).bytes(reset);
        assertArrayEquals(pixels, decode(again));
    }

    @Test
    public void copiesMayOverlapInAllDirections() throws Exception {
        int[] pixels = picture();
        for (int[] move : new int[][] {{3, 0}, {-3, 0}, {0, 5}, {0, -5}, {2, 2}, {-2, -2}}) {
            int[] expected = pixels.clone();
            for (int i = 0; i < 50 * 40; i++) {
                int x = 20 + i % 50;
                int y = 20 + i / 50;
                expected[(y + move[1]) * WIDTH + x + move[0]] = pixels[y * WIDTH + x];
            }
            ServerBytes bytes = new ServerBytes().update(2).rectangle(0, 0, WIDTH, HEIGHT, Encoding.RAW).raw(pixels)
                .rectangle(20 + move[0], 20 + move[1], 50, 40, Encoding.COPY_RECT).u16(20).u16(20);
            assertArrayEquals(expected, decode(bytes));
        }
    }

    @Test
    public void aSmallJpegIsDecodedIntoItsPlace() throws Exception {
        int[] part = new int[64 * 32];
        Arrays.fill(part, 0xc08040);
        int[] pixels = decode(new ServerBytes().update(1).rectangle(8, 16, 64, 32, Encoding.TIGHT).tightJpeg(ServerBytes.jpeg(part, 64)));
        assertTrue(Math.abs((pixels[20 * WIDTH + 20] >> 16) - 0xc0) < 4);
        assertEquals(0, pixels[20 * WIDTH + 7]);
        assertEquals(0, pixels[15 * WIDTH + 20]);
    }

    @Test
    public void aJpegOfTheWholeScreenStaysAsItIsUntilSomethingElseChanges() throws Exception {
        int[] pixels = new int[WIDTH * HEIGHT];
        Arrays.fill(pixels, 0x406080);
        byte[] jpeg = ServerBytes.jpeg(pixels, WIDTH);
        ServerBytes bytes = new ServerBytes().update(1).rectangle(0, 0, WIDTH, HEIGHT, Encoding.TIGHT).tightJpeg(jpeg)
            .update(1).rectangle(0, 0, 1, 1, Encoding.TIGHT).tightFill(0xff0000);
        try (Connection connection = new Connection(WIDTH, HEIGHT, bytes.toByteArray())) {
            connection.reader.readUpdate();
            assertArrayEquals(jpeg, connection.picture.wholeJpeg().orElseThrow());
            connection.reader.readUpdate();
            assertFalse(connection.picture.wholeJpeg().isPresent());
            assertEquals(0xff0000, connection.picture.pixels()[0]);
            assertTrue(Math.abs((connection.picture.pixels()[WIDTH + 1] & 0xff) - 0x80) < 4);
        }
    }

    @Test
    public void changesAreNotedPerStrip() throws Exception {
        ServerBytes bytes = new ServerBytes().update(2).rectangle(0, 8, 4, 8, Encoding.TIGHT).tightFill(1).rectangle(9, 23, 1, 2, Encoding.TIGHT).tightFill(2);
        try (Connection connection = new Connection(WIDTH, HEIGHT, bytes.toByteArray())) {
            connection.reader.readUpdate();
            assertEquals("{1, 2, 3}", connection.picture.changedStrips().toString());
        }
    }

    @Test
    public void pseudoEncodingsReportWhatTheServerCanDo() throws Exception {
        ServerBytes bytes = new ServerBytes().update(0xffff).rectangle(0, 0, 0, 0, Encoding.QEMU_EXTENDED_KEYS)
            .rectangle(0, 0, 0, 0, Encoding.QEMU_POINTER_MOTION).rectangle(1, 0, 0, 0, Encoding.QEMU_POINTER_MOTION)
            .rectangle(0, 0, 0, 0, Encoding.QEMU_LED_STATE).u8(6).rectangle(0, 0, 0, 0, Encoding.VMWARE_LED_STATE).u32(1)
            .rectangle(7, 8, 0, 0, Encoding.POINTER_POSITION).rectangle(0, 0, 0, 0, Encoding.DESKTOP_NAME).u32(3).bytes("a\nb".getBytes())
            .rectangle(0, 0, 0, 0, Encoding.LAST_RECT);
        try (Connection connection = new Connection(WIDTH, HEIGHT, bytes.toByteArray())) {
            connection.reader.readUpdate();
            assertEquals(List.of("extended keys", "relative", "absolute", "leds 6", "leds 1", "pointer 7,8", "name a b"), connection.events);
        }
    }

    @Test
    public void theSizeFollowsTheServer() throws Exception {
        ServerBytes bytes = new ServerBytes().update(2).rectangle(0, 0, 640, 480, Encoding.DESKTOP_SIZE)
            .rectangle(0, 0, 800, 600, Encoding.EXTENDED_DESKTOP_SIZE).u8(1).bytes(new byte[3 + 16])
            .update(1).rectangle(1, 1, 10, 10, Encoding.EXTENDED_DESKTOP_SIZE).u8(0).bytes(new byte[3]);
        try (Connection connection = new Connection(WIDTH, HEIGHT, bytes.toByteArray())) {
            connection.reader.readUpdate();
            assertEquals(800, connection.picture.width());
            connection.reader.readUpdate();
            assertEquals("a refused size changes nothing", 600, connection.picture.height());
        }
    }

    @Test
    public void thePointerHasAShapeAndAMask() throws Exception {
        ServerBytes bytes = new ServerBytes().update(1).rectangle(1, 0, 9, 2, Encoding.CURSOR).raw(new int[18]).bytes(new byte[] {(byte) 0x80, (byte) 0x80, 0, 0});
        try (Connection connection = new Connection(WIDTH, HEIGHT, bytes.toByteArray())) {
            connection.reader.readUpdate();
            assertEquals("{0, 8}", connection.shape().visible().toString());
            assertEquals(1, connection.shape().hotX());
        }
    }

    private static void assertRefused(String part, ServerBytes bytes) throws IOException {
        try (Connection connection = new Connection(WIDTH, HEIGHT, bytes.toByteArray())) {
            RfbException e = assertThrows(part, RfbException.class, connection.reader::readUpdate);
            assertTrue(e.getMessage(), e.getMessage().contains(part));
        }
    }

    @Test
    public void whatLiesOutsideIsRefused() throws Exception {
        assertRefused("outside of its screen", new ServerBytes().update(1).rectangle(100, 0, 51, 1, Encoding.RAW));
        assertRefused("from outside", new ServerBytes().update(1).rectangle(0, 0, 10, 10, Encoding.COPY_RECT).u16(145).u16(0));
        assertRefused("outside of its tile", new ServerBytes().update(1).rectangle(0, 0, 8, 8, Encoding.HEXTILE).u8(8 | 2).u32(0).u8(1).u8(0).u8(0x80));
        assertRefused("not asked for", new ServerBytes().update(1).rectangle(0, 0, 1, 1, 4711));
        assertRefused("another size", new ServerBytes().update(1).rectangle(0, 0, 16, 16, Encoding.TIGHT).tightJpeg(ServerBytes.jpeg(new int[32 * 32], 32)));
        assertRefused("up to 8192", new ServerBytes().update(1).rectangle(0, 0, 0, 5, Encoding.DESKTOP_SIZE));
        assertRefused("up to 8192", new ServerBytes().update(1).rectangle(0, 0, 8193, 5, Encoding.DESKTOP_SIZE));
        assertRefused("too large", new ServerBytes().update(1).rectangle(0, 0, 8192, 8192, Encoding.DESKTOP_SIZE));
        assertRefused("a name", new ServerBytes().update(1).rectangle(0, 0, 0, 0, Encoding.DESKTOP_NAME).u32(0x7fffffff));
        assertRefused("pointer of", new ServerBytes().update(1).rectangle(0, 0, 8192, 8192, Encoding.CURSOR));
    }

    @Test
    public void compressedDataBeyondTheRectangleIsRefused() throws Exception {
        byte[] bomb = ServerBytes.deflate(new Deflater(), new byte[8 << 20]);
        assertTrue("8 MB are small on the wire", bomb.length < 30_000);
        assertRefused("more compressed data", new ServerBytes().update(1).rectangle(0, 0, 64, 64, Encoding.ZRLE).u32(bomb.length).bytes(bomb));
        assertRefused("more compressed data", new ServerBytes().update(1).rectangle(0, 0, 64, 64, Encoding.TIGHT).u8(0).compactLength(bomb.length).bytes(bomb));
        assertRefused("too short", new ServerBytes().update(1).rectangle(0, 0, 64, 64, Encoding.ZRLE).u32(0));
        assertRefused("invalid compressed data", new ServerBytes().update(1).rectangle(0, 0, 64, 64, Encoding.ZRLE).u32(4).u32(0x12345678));
    }
}
