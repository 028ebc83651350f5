package org.catseye.web.socket.video;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.catseye.jpeg.JpegEncoder;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.VideoFormat;
import org.catseye.web.socket.viewer.FrameHeads;
import org.junit.Test;

public class ChangedStripsTest {

    private static final int WIDTH = 150;
    private static final int HEIGHT = 101;

    private final ChangedStrips strips = new ChangedStrips();
    private final FrameHeads heads = new FrameHeads();
    private final JpegEncoder encoder = new JpegEncoder(WIDTH, HEIGHT, 85);
    private final int[] pixels = new Random(1).ints(WIDTH * HEIGHT, 0, 1 << 24).toArray();
    private long sequence;

    private record Picture(ByteBuffer encodedBytes, long sequence) implements Frame {
        @Override
        public VideoFormat format() {
            return new VideoFormat(Codec.JPEG, WIDTH, HEIGHT);
        }

        @Override
        public boolean isKeyFrame() {
            return true;
        }

        @Override
        public long capturedNanos() {
            return 0;
        }

        @Override
        public Frame retain() {
            return this;
        }

        @Override
        public void close() {
        }
    }

    private ByteBuffer encode() {
        encoder.encodePicture(pixels);
        ByteBuffer jpeg = ByteBuffer.allocateDirect(encoder.sizeBytes());
        encoder.writePicture(jpeg);
        return jpeg.flip();
    }

    private Optional<ByteBuffer> describe(ByteBuffer jpeg) {
        Frame frame = new Picture(jpeg, ++sequence);
        ByteBuffer head = heads.headsOf(frame).socketHead();
        return strips.describeChanges(frame, head.slice(head.limit() - FrameHeads.VIDEO_HEAD, FrameHeads.VIDEO_HEAD));
    }

    private static BufferedImage decode(ByteBuffer jpeg) throws IOException {
        byte[] bytes = new byte[jpeg.remaining()];
        jpeg.duplicate().get(bytes);
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    /** Draws the parts of a message as a viewer does. @return how many there are */
    private static int draw(ByteBuffer message, BufferedImage screen) throws IOException {
        assertEquals(0x82, message.get() & 0xff);
        int length = message.get() & 0xff;
        length = length < 126 ? length : length == 126 ? message.getShort() & 0xffff : (int) message.getLong();
        assertEquals(length, message.remaining());
        int head = message.position();
        assertEquals("parts, and not a key frame", 2, message.get(head + 2));
        assertEquals(WIDTH, message.getShort(head + 16));
        assertEquals(HEIGHT, message.getShort(head + 18));
        assertEquals(length - FrameHeads.VIDEO_HEAD, message.getInt(head + 20));
        message.position(head + FrameHeads.VIDEO_HEAD);
        int[][] parts = new int[message.getShort()][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new int[] {message.getShort(), message.getShort()};
        }
        BufferedImage picture = decode(message);
        int from = 0;
        for (int[] part : parts) {
            screen.setRGB(0, part[0], WIDTH, part[1], picture.getRGB(0, from, WIDTH, part[1], null, 0, WIDTH), 0, WIDTH);
            from += part[1];
        }
        return parts.length;
    }

    private static int[] rgb(BufferedImage image) {
        return image.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH);
    }

    private void change(int row) {
        Arrays.fill(pixels, row * WIDTH, row * WIDTH + 40, pixels[row * WIDTH] + 0x123456 & 0xffffff);
    }

    @Test
    public void onlyTheChangedStripsAreSent() throws Exception {
        ByteBuffer first = encode();
        assertTrue("the first picture is whole", describe(first).isEmpty());
        BufferedImage screen = decode(first);
        for (int row : new int[] {17, 23, 24, 60, 100}) {
            change(row);
        }
        ByteBuffer second = encode();
        ByteBuffer message = describe(second).orElseThrow();
        assertTrue("smaller: " + message.remaining(), 2 * message.remaining() < second.limit() + 2_000);
        assertEquals("16 to 32, 56 to 64, and the last five rows", 3, draw(message, screen));
        assertArrayEquals(rgb(decode(second)), rgb(screen));
    }

    @Test
    public void manyChangesAddUpToThePicture() throws Exception {
        Random random = new Random(7);
        ByteBuffer jpeg = encode();
        describe(jpeg);
        BufferedImage screen = decode(jpeg);
        int parts = 0;
        for (int i = 0; i < 100; i++) {
            for (int changes = random.nextInt(10); changes >= 0; changes--) {
                change(random.nextInt(HEIGHT));
            }
            jpeg = encode();
            Optional<ByteBuffer> message = describe(jpeg);
            if (message.isPresent()) {
                parts += draw(message.get(), screen);
            } else {
                screen = decode(jpeg);
            }
            assertArrayEquals("picture " + i, rgb(decode(jpeg)), rgb(screen));
        }
        assertTrue(parts > 50);
    }

    @Test
    public void aPictureThatChangesEverywhereIsSentAsAWhole() {
        describe(encode());
        Arrays.setAll(pixels, i -> pixels[i] ^ 0xffffff);
        assertTrue(describe(encode()).isEmpty());
        assertTrue("an equal one is a small message", describe(encode()).orElseThrow().remaining() < 3_000);
    }

    @Test
    public void afterAnotherSourceThePictureIsWhole() {
        describe(encode());
        strips.forgetPicture();
        assertTrue(describe(encode()).isEmpty());
    }

    @Test
    public void picturesOfOtherEncodersAreSentAsTheyAre() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB), "jpeg", out);
        ByteBuffer other = ByteBuffer.wrap(out.toByteArray());
        assertTrue(describe(other).isEmpty());
        assertTrue(describe(other).isEmpty());
        JpegEncoder coarse = new JpegEncoder(WIDTH, HEIGHT, 40);
        describe(encode());
        coarse.encodePicture(pixels);
        ByteBuffer jpeg = ByteBuffer.allocate(coarse.sizeBytes());
        coarse.writePicture(jpeg);
        assertTrue("with other tables", describe(jpeg.flip()).isEmpty());
    }

    @Test
    public void damagedPicturesAreSentAsTheyAre() {
        Random random = new Random(3);
        ByteBuffer whole = encode();
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = new byte[i % 3 == 0 ? random.nextInt(whole.limit()) : whole.limit()];
            whole.duplicate().get(bytes);
            for (int j = 0; j < 3 && bytes.length > 0; j++) {
                bytes[random.nextInt(random.nextBoolean() ? bytes.length : Math.min(700, bytes.length))] = (byte) random.nextInt();
            }
            ByteBuffer damaged = ByteBuffer.wrap(bytes);
            describe(damaged);
            describe(damaged);
        }
        assertFalse(describe(whole).filter(message -> message.remaining() > whole.limit()).isPresent());
    }
}
