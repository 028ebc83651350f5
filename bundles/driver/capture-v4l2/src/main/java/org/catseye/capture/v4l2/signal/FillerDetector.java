package org.catseye.capture.v4l2.signal;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.catseye.capture.v4l2.frame.FrameChecksum;
import org.catseye.capture.v4l2.stick.Chip;
import org.catseye.video.VideoFormat;

/**
 * Detects the pictures that sticks show without a signal: a uniform grey of level 7 (MS2109; a real black picture is 0 or 16),
 * colour bars (MS2130 and relatives) or a uniform blue. A computer's picture is almost always too large to be one of these, which
 * costs nothing to check. A small picture is decoded, at most once a second, and not again while it is unchanged. For one thread.
 */
public final class FillerDetector {

    /** What a frame shows. */
    public enum FrameContent {
        PICTURE,
        /** A single colour other than those of the known fillers; a computer may show that too. */
        SINGLE_COLOUR,
        /** A single colour like that of a filler. A computer may show that too: where the chip reports a source, it is the source's. */
        FILLER_COLOUR,
        /** The stick's own picture without a signal. */
        FILLER
    }

    /** A filler has at most one bit for two pixels. */
    private static final int MIN_PIXELS_PER_BYTE = 16;
    private static final long PICTURE_CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long FILLER_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int SUBSAMPLING = 8;
    /** The codes of adjacent blocks repeat after at most so many bytes in a picture of one colour. */
    private static final int MAX_PERIOD_BYTES = 64;
    private static final int MIN_COMPARED_BYTES = 256;
    private static final int MAX_COLOUR_DISTANCE = 6;
    private static final int GREY_LEVEL_7 = 0x070707;
    private static final int MAX_GREY_DISTANCE = 4;
    /** The filler itself decodes to its level, give or take the rounding of a decoder. */
    private static final int ROUNDING = 1;

    private final boolean showsBars;
    private final FrameChecksum checksum = new FrameChecksum();
    private long classifiedChecksum;
    private long classifiedNanos;
    private boolean classified;
    private FrameContent content = FrameContent.PICTURE;

    public FillerDetector(Chip chip) {
        showsBars = chip.isMs21xx() && chip != Chip.MS2109 && chip != Chip.MS2109S;
    }

    /**
     * Classifies a frame.
     *
     * @param jpeg its bytes are those before the position, which is unchanged afterwards
     * @param scanOffset where the entropy-coded data begins; 0 if unknown
     * @param nanos the frame's time
     */
    public FrameContent classifyFrame(ByteBuffer jpeg, int scanOffset, VideoFormat format, long nanos) {
        int length = jpeg.position();
        if ((long) length * MIN_PIXELS_PER_BYTE > (long) format.width() * format.height()) {
            classified = false;
            content = FrameContent.PICTURE;
            return content;
        }
        long sum = checksum.computeChecksum(jpeg);
        if (classified && sum == classifiedChecksum) {
            return content;
        }
        long interval = content == FrameContent.PICTURE ? PICTURE_CHECK_NANOS : FILLER_CHECK_NANOS;
        if (classified && nanos - classifiedNanos < interval && !isUniformData(jpeg, scanOffset, length)) {
            return content;
        }
        content = decodeAndClassify(jpeg, length);
        classified = true;
        classifiedChecksum = sum;
        classifiedNanos = nanos;
        return content;
    }

    /**
     * Whether the coded data repeats with a short period. It does for a picture of one colour: each block after the first one is
     * coded by the same few bits.
     */
    static boolean isUniformData(ByteBuffer jpeg, int scanOffset, int length) {
        int from = scanOffset + MAX_PERIOD_BYTES;
        int to = length - 16;
        if (scanOffset == 0 || to - from < MIN_COMPARED_BYTES) {
            return false;
        }
        for (int period = 1; period <= MAX_PERIOD_BYTES; period++) {
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

    private FrameContent decodeAndClassify(ByteBuffer jpeg, int length) {
        byte[] bytes = new byte[length];
        jpeg.get(0, bytes);
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            ImageReadParam parameters = reader.getDefaultReadParam();
            parameters.setSourceSubsampling(SUBSAMPLING, SUBSAMPLING, 0, 0);
            return classifyImage(reader.read(0, parameters));
        } catch (IOException | RuntimeException e) {
            // This decoder cannot read the picture, but browsers may.
            return FrameContent.PICTURE;
        } finally {
            reader.dispose();
        }
    }

    private FrameContent classifyImage(BufferedImage image) {
        int centre = image.getRGB(image.getWidth() / 2, image.getHeight() / 2);
        if (hasSingleColour(image, centre)) {
            return classifyColour(centre);
        }
        return showsBars && hasColourBars(image) ? FrameContent.FILLER : FrameContent.PICTURE;
    }

    private static boolean hasSingleColour(BufferedImage image, int colour) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (colourDistance(image.getRGB(x, y), colour) > MAX_COLOUR_DISTANCE) {
                    return false;
                }
            }
        }
        return true;
    }

    private static FrameContent classifyColour(int colour) {
        int fromGrey = colourDistance(colour, GREY_LEVEL_7);
        if (fromGrey <= ROUNDING) {
            return FrameContent.FILLER;
        }
        boolean blue = (colour & 0xff) > 150 && (colour >> 16 & 0xff) < 60 && (colour >> 8 & 0xff) < 60;
        return blue || fromGrey <= MAX_GREY_DISTANCE ? FrameContent.FILLER_COLOUR : FrameContent.SINGLE_COLOUR;
    }

    /** White, yellow, cyan, green, magenta, red, blue and black from the left, in the upper half. */
    private static boolean hasColourBars(BufferedImage image) {
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

    /** The largest difference in one channel. */
    private static int colourDistance(int a, int b) {
        int largest = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            largest = Math.max(largest, Math.abs((a >> shift & 0xff) - (b >> shift & 0xff)));
        }
        return largest;
    }
}
