package org.catseye.rendition.jpeg;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.catseye.jpeg.PictureMemory;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.testkit.VideoEncoderContract;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.VideoEncoder;
import org.junit.Test;

public class JpegVideoEncoderTest extends VideoEncoderContract {

    @Override
    protected VideoEncoder encoder() {
        return new JpegVideoEncoder();
    }

    @Override
    protected Codec output() {
        return Codec.JPEG;
    }

    @Override
    protected BufferedImage decodeLast(List<FakeCaptureContext.Published> frames) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(frames.get(frames.size() - 1).data()));
    }

    /** The page gets the strips that differ from the picture before, and a header. */
    @Override
    protected int lineBytes(FakeCaptureContext.Published frame, FakeCaptureContext.Published before) {
        List<byte[]> now = split(frame.data());
        List<byte[]> old = split(before.data());
        if (!Arrays.equals(now.get(0), old.get(0))) {
            return frame.data().length;
        }
        int bytes = now.get(0).length;
        for (int i = 1; i < now.size(); i++) {
            bytes += Arrays.equals(now.get(i), old.get(i)) ? 0 : now.get(i).length;
        }
        return bytes;
    }

    /** The header, and the strips between the restart markers. */
    private static List<byte[]> split(byte[] jpeg) {
        List<byte[]> parts = new ArrayList<>();
        int from = 0;
        boolean inScan = false;
        for (int at = 0; at + 1 < jpeg.length; at++) {
            int marker = (jpeg[at] & 0xff) == 0xff ? jpeg[at + 1] & 0xff : 0;
            boolean scan = marker == 0xda && !inScan;
            if (scan || inScan && (marker >= 0xd0 && marker <= 0xd7 || marker == 0xd9)) {
                int to = scan ? at + 14 : at;
                parts.add(Arrays.copyOfRange(jpeg, from, to));
                from = scan ? to : to + 2;
                inScan = true;
            }
        }
        return parts;
    }

    @Test
    public void aSmallChangeIsSharpAtOnce() throws Exception {
        List<Color> colours = List.of(Color.RED, Color.BLUE, Color.BLACK, Color.MAGENTA, Color.CYAN);
        List<byte[]> blinking = new ArrayList<>();
        for (Color colour : colours) {
            blinking.add(drawDot(colour));
        }
        hub.playClip(blinking, new VideoFormat(Codec.JPEG, 640, 360));
        start(device());
        // At first the picture as a whole becomes sharp.
        assertTrue(context.await(PATIENCE_MILLIS, c -> areSmallAndLarge(c.frames())));
        for (FakeCaptureContext.Published frame : lastOf(context.frames())) {
            int dot = ImageIO.read(new ByteArrayInputStream(frame.data())).getRGB(103, 103);
            assertColour(colours.stream().min(Comparator.comparingInt(colour -> measureDistance(colour, dot))).orElseThrow(), dot);
        }
    }

    private static List<FakeCaptureContext.Published> lastOf(List<FakeCaptureContext.Published> frames) {
        return frames.subList(frames.size() - 6, frames.size());
    }

    /** Whether the last frames take little on the line, and have the full size. */
    private boolean areSmallAndLarge(List<FakeCaptureContext.Published> frames) {
        if (frames.size() < 12) {
            return false;
        }
        List<FakeCaptureContext.Published> last = lastOf(frames);
        for (int i = 1; i < last.size(); i++) {
            if (last.get(i).format().width() != 640 || lineBytes(last.get(i), last.get(i - 1)) > 7_000) {
                return false;
            }
        }
        return true;
    }

    private static byte[] drawDot(Color colour) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(draw(640, 360, 300, Color.GREEN)));
        for (int i = 0; i < 256; i++) {
            image.setRGB(96 + i % 16, 96 + i / 16, colour.getRGB());
        }
        return encode(image);
    }

    private static byte[] encode(BufferedImage image) throws Exception {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", jpeg);
        return jpeg.toByteArray();
    }

    @Test
    public void aGreyPictureIsEncodedToo() throws Exception {
        BufferedImage grey = new BufferedImage(320, 200, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 320; x++) {
            grey.setRGB(x, 100, 0xffffff);
        }
        hub.playClip(List.of(encode(grey)), new VideoFormat(Codec.JPEG, 320, 200));
        start(device());
        assertTrue(frames(1));
        BufferedImage last = decodeLast(context.frames());
        assertTrue(new Color(last.getRGB(100, 100)).getRed() > 150);
        assertTrue(new Color(last.getRGB(100, 50)).getRed() < 50);
    }

    @Test
    public void aDamagedPictureIsLeftOutAndManyEndTheEncoder() throws Exception {
        start(device());
        assertTrue(frames(2));
        byte[] good = draw(1280, 720, 0, Color.RED);
        byte[] damaged = {(byte) 0xff, (byte) 0xd8, 1, 2, 3};
        hub.playClip(List.of(good, damaged, draw(1280, 720, 50, Color.RED)), new VideoFormat(Codec.JPEG, 1280, 720));
        int before = context.frames().size();
        assertTrue(context.await(PATIENCE_MILLIS, c -> c.frames().size() > before + 10 && c.reportLostFrames() > 0));
        hub.playClip(List.of(damaged, new byte[] {(byte) 0xff, (byte) 0xd8, 4}), new VideoFormat(Codec.JPEG, 1280, 720));
        Throwable failure = failure();
        assertNotNull(failure);
        assertTrue(failure.getMessage(), failure.getMessage().startsWith("The pictures of the device cannot be decoded"));
    }

    @Test
    public void aDetailedStillPictureBecomesSharpInFullSize() throws Exception {
        BufferedImage detailed = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int i = 0; i < 640 * 480; i++) {
            detailed.setRGB(i % 640, i / 640, random.nextInt(0x1000000));
        }
        hub.playClip(List.of(encode(detailed)), new VideoFormat(Codec.JPEG, 640, 480));
        start(device());
        assertTrue(context.await(2 * PATIENCE_MILLIS, c -> c.frames().stream().anyMatch(frame -> frame.format().width() < 640)));
        assertTrue("the full size", context.await(2 * PATIENCE_MILLIS, c -> c.frames().get(c.frames().size() - 1).format().width() == 640));
    }

    @Test
    public void aTextThatCameToRestBecomesSharpInStepsBetweenWhichChangesFit() throws Exception {
        List<byte[]> scrolling = new ArrayList<>();
        for (int line = 0; line < 12; line++) {
            scrolling.add(encode(drawText(line)));
        }
        hub.playClip(scrolling, new VideoFormat(Codec.JPEG, 640, 360));
        start(device());
        assertTrue(context.await(PATIENCE_MILLIS, c -> c.frames().size() > 5 && widthOfLast(c.frames()) < 640));
        byte[] last = encode(drawText(40));
        BufferedImage text = ImageIO.read(new ByteArrayInputStream(last));
        hub.playClip(List.of(last), new VideoFormat(Codec.JPEG, 640, 360));
        assertTrue("it becomes sharp", context.await(PATIENCE_MILLIS, c -> widthOfLast(c.frames()) == 640 && differenceOfLast(c.frames(), text) < 8));
        List<FakeCaptureContext.Published> frames = context.frames();
        int grown = frames.size() - 1;
        while (frames.get(grown - 1).format().width() == 640) {
            grown--;
        }
        assertTrue("in steps", frames.size() - grown > 4);
        for (int i = grown; i < frames.size(); i++) {
            int bytes = lineBytes(frames.get(i), frames.get(i - 1));
            assertTrue("half a second of the line at most: " + bytes, bytes <= 25_000);
        }
    }

    private static int widthOfLast(List<FakeCaptureContext.Published> frames) {
        return frames.get(frames.size() - 1).format().width();
    }

    private static double differenceOfLast(List<FakeCaptureContext.Published> frames, BufferedImage expected) {
        try {
            BufferedImage last = ImageIO.read(new ByteArrayInputStream(frames.get(frames.size() - 1).data()));
            long sum = 0;
            for (int i = 0; i < 640 * 360; i++) {
                sum += Math.abs((last.getRGB(i % 640, i / 640) & 0xff) - (expected.getRGB(i % 640, i / 640) & 0xff));
            }
            return sum / (640.0 * 360);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Letters as rectangles, because fonts differ. */
    private static BufferedImage drawText(int firstLine) {
        BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < 360; row++) {
            Random random = new Random(firstLine + row / 12);
            for (int column = 0; column < 640; column += 8) {
                int letter = random.nextInt();
                for (int x = 0; x < 6 && row % 12 < 9; x++) {
                    image.setRGB(column + x, row, (letter >> (x / 2 + row % 12 / 2 * 3) & 1) * 0xffffff);
                }
            }
        }
        return image;
    }

    @Test
    public void aShortageOfMemoryIsReported() throws Exception {
        try (PictureMemory other = PictureMemory.forCopies()) {
            assertTrue(other.tryReserve(1920, 1081));
            hub.playClip(List.of(draw(1920, 1080, 0, Color.RED)), new VideoFormat(Codec.JPEG, 1920, 1080));
            start(device());
            assertTrue(failure().getMessage(), failure().getMessage().contains("not enough memory"));
            assertEquals("others release theirs", Signal.CONNECTING, context.signals().get(0).signal());
        }
    }
}
