package org.catseye.capture.v4l2;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.catseye.video.VideoFormat;

/**
 * Recognizes the pictures that sticks show when no signal comes in: a uniform grey of level 7 (MS2109; a real black picture is
 * 0 or 16), colour bars (MS2130 and relatives) or a uniform blue. A picture of a computer is almost always too large to be one
 * of these, which costs nothing to see; a small one is decoded, at most once a second, and not again while it stays the same.
 * One thread.
 */
final class Filler {

    /** What a frame shows. */
    enum Kind {
        PICTURE,
        /** One colour, and none of the known ones: a computer may show that too. */
        BLANK,
        /** What the stick shows when it has no signal. */
        FILLER
    }

    /** More than a bit per two pixels is not a filler. */
    private static final int PIXELS_PER_BYTE = 16;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int SUBSAMPLING = 8;

    private final boolean bars;
    private final CRC32C crc = new CRC32C();
    private long judgedSum;
    private long judgedAt;
    private boolean judged;
    private Kind kind = Kind.PICTURE;

    Filler(Chip chip) {
        bars = chip.isMs21xx() && chip != Chip.MS2109 && chip != Chip.MS2109S;
    }

    /**
     * Judges a frame.
     *
     * @param jpeg bytes 0 to position
     * @param scan where the entropy-coded data begins; 0 if unknown
     */
    Kind judge(ByteBuffer jpeg, int scan, VideoFormat format, long now) throws IOException {
        int length = jpeg.position();
        if ((long) length * PIXELS_PER_BYTE > (long) format.width() * format.height()) {
            judged = false;
            kind = Kind.PICTURE;
            return kind;
        }
        long sum = SameFrames.sum(crc, jpeg);
        if (judged && sum == judgedSum) {
            return kind;
        }
        long pause = kind == Kind.PICTURE ? LOOK_AGAIN_NANOS : LOOK_SOON_NANOS;
        if (judged && now - judgedAt < pause && !uniform(jpeg, scan, length)) {
            return kind;
        }
        kind = decode(jpeg, length);
        judged = true;
        judgedSum = sum;
        judgedAt = now;
        return kind;
    }

    /**
     * Whether the coded data repeats with a short period, as that of a picture of one colour does: each block after the first
     * is coded by the same few bits.
     */
    static boolean uniform(ByteBuffer jpeg, int scan, int length) {
        int from = scan + 64;
        int to = length - 16;
        if (scan == 0 || to - from < 256) {
            return false;
        }
        for (int period = 1; period <= 64; period++) {
            int i = from;
            while (i < to && jpeg.get(i) == jpeg.get(i - period)) {
                i++;
            }
            if (i == to) {
                return true;
            }
        }
        return false;
    }

    private Kind decode(ByteBuffer jpeg, int length) throws IOException {
        byte[] bytes = new byte[length];
        jpeg.get(0, bytes);
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            ImageReadParam parameters = reader.getDefaultReadParam();
            parameters.setSourceSubsampling(SUBSAMPLING, SUBSAMPLING, 0, 0);
            return classify(reader.read(0, parameters));
        } catch (IOException | RuntimeException e) {
            // A picture that this decoder does not like; browsers may.
            return Kind.PICTURE;
        } finally {
            reader.dispose();
        }
    }

    Kind classify(BufferedImage image) {
        int first = image.getRGB(image.getWidth() / 2, image.getHeight() / 2);
        if (everywhere(image, first)) {
            return known(first) ? Kind.FILLER : Kind.BLANK;
        }
        return bars && bars(image) ? Kind.FILLER : Kind.PICTURE;
    }

    private static boolean everywhere(BufferedImage image, int colour) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (distance(image.getRGB(x, y), colour) > 6) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean known(int colour) {
        boolean seven = distance(colour, 0x070707) <= 4;
        boolean blue = (colour & 0xff) > 150 && (colour >> 16 & 0xff) < 60 && (colour >> 8 & 0xff) < 60;
        return seven || blue;
    }

    /** White, yellow, cyan, green, magenta, red, blue, black from the left, in the upper half. */
    private static boolean bars(BufferedImage image) {
        int[] order = {0b111, 0b110, 0b011, 0b010, 0b101, 0b100, 0b001, 0b000};
        for (int row = 1; row <= 3; row++) {
            int y = image.getHeight() * row / 8;
            for (int i = 0; i < order.length; i++) {
                int rgb = image.getRGB(image.getWidth() * (2 * i + 1) / 16, y);
                if (((rgb >> 23 & 1) << 2 | (rgb >> 15 & 1) << 1 | rgb >> 7 & 1) != order[i]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The largest difference of a channel. */
    private static int distance(int a, int b) {
        int most = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            most = Math.max(most, Math.abs((a >> shift & 0xff) - (b >> shift & 0xff)));
        }
        return most;
    }
}
