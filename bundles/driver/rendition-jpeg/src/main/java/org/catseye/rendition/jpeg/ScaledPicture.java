package org.catseye.rendition.jpeg;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.catseye.jpeg.JpegEncoder;
import org.catseye.jpeg.source.FittedSize;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.EncoderSettings;

/**
 * A picture in one size, encoded in strips. Only strips that have changed are encoded, and the page gets no others; each has a coarseness of
 * its own, so a picture becomes sharp strip by strip. Not thread-safe.
 */
final class ScaledPicture {

    /** The smallest picture has this part of the width and height that the limits allow. */
    static final int MAX_DIVISOR = 4;
    static final int SHARP = 0;

    private static final int QUALITY = 75;
    /** Halves the bytes of enlarged letters, compared with the coarsest strips that changes get. */
    private static final int ENLARGED_COARSENESS = JpegEncoder.MAX_COARSENESS + 2;
    /** A change in fewer than one of so many strips is small. */
    private static final int SMALL_PARTS = 4;
    /** Fewer levels are the noise of an analogue source, or of the JPEG that was decoded. */
    private static final int MAX_NOISE = 4;

    private final int divisor;
    private final VideoFormat format;
    private final RowScaler scaler;
    private final JpegEncoder encoder;
    private final int[] pixels;
    private final int[] strip;
    private final BitSet changed = new BitSet();
    private final BitSet coarse = new BitSet();
    private boolean empty = true;

    /** @param divisor of width and height, 1 to {@value #MAX_DIVISOR} */
    ScaledPicture(VideoFormat source, EncoderSettings limits, int divisor) {
        this.divisor = divisor;
        int width = FittedSize.fitWidth(source, limits.width(), Codec.JPEG).width() / divisor;
        format = FittedSize.fitWidth(source, Math.max(2, width), Codec.JPEG);
        scaler = new RowScaler(source, format);
        encoder = new JpegEncoder(format.width(), format.height(), QUALITY);
        pixels = new int[format.width() * format.height()];
        strip = new int[JpegEncoder.STRIP * format.width()];
    }

    /**
     * Makes a picture of full size that looks like a smaller one, so that the viewer keeps what they see. It takes little on the line, since
     * it has no detail.
     */
    static ScaledPicture enlarge(ScaledPicture small, VideoFormat source, EncoderSettings limits) {
        ScaledPicture full = new ScaledPicture(source, limits, 1);
        PixelEnlarger.enlarge(small.pixels, small.format, full.pixels, full.format);
        full.changed.set(0, full.encoder.stripCount());
        full.empty = false;
        full.encodeChanges(ENLARGED_COARSENESS);
        full.confirmChanges();
        return full;
    }

    VideoFormat format() {
        return format;
    }

    int divisor() {
        return divisor;
    }

    /** Finds the strips in which a picture differs from the one before. @param image blue, green and red of each pixel */
    void takePicture(byte[] image) {
        for (int i = 0; i < encoder.stripCount(); i++) {
            int top = i * JpegEncoder.STRIP;
            int rows = Math.min(JpegEncoder.STRIP, format.height() - top);
            for (int row = 0; row < rows; row++) {
                scaler.scaleRow(image, top + row, strip, row * format.width());
            }
            int length = rows * format.width();
            if (empty || differs(top * format.width(), length)) {
                System.arraycopy(strip, 0, pixels, top * format.width(), length);
                changed.set(i);
            }
        }
        empty = false;
    }

    private boolean differs(int at, int length) {
        int i = Arrays.mismatch(strip, 0, length, pixels, at, at + length);
        for (; i >= 0 && i < length; i++) {
            if (isVisible(strip[i], pixels[at + i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isVisible(int one, int other) {
        return one != other && (Math.abs((one & 0xff) - (other & 0xff)) >= MAX_NOISE
            || Math.abs((one >> 8 & 0xff) - (other >> 8 & 0xff)) >= MAX_NOISE || Math.abs((one >> 16) - (other >> 16)) >= MAX_NOISE);
    }

    boolean hasChanges() {
        return !changed.isEmpty();
    }

    /** Whether the changes are in few rows. */
    boolean hasSmallChanges() {
        return SMALL_PARTS * changed.cardinality() <= encoder.stripCount();
    }

    /** Encodes the changed strips; they stay marked until {@link #confirmChanges}. @return the bytes that these strips take on their own */
    int encodeChanges(int level) {
        return encodeStrips(changed, level);
    }

    void confirmChanges() {
        changed.clear();
    }

    /** Leaves the changed strips as they were encoded before; {@link #refine} encodes them. */
    void postponeChanges() {
        coarse.or(changed);
        changed.clear();
    }

    /** Whether some strips are not as sharp as they can be. */
    boolean isCoarse() {
        return !coarse.isEmpty();
    }

    /** Makes coarse strips sharp, from the top, until they take so many bytes. @return the bytes that they take on their own; 0 for none */
    int refine(int maxBytes) {
        int bytes = 0;
        BitSet one = new BitSet();
        for (int i = coarse.nextSetBit(0); i >= 0 && bytes < maxBytes; i = coarse.nextSetBit(i + 1)) {
            one.clear();
            one.set(i);
            int more = encodeStrips(one, SHARP);
            bytes += bytes == 0 ? more : more - encoder.headerBytes();
        }
        return bytes;
    }

    private int encodeStrips(BitSet which, int level) {
        encoder.encodeStrips(pixels, which, level);
        int bytes = encoder.headerBytes();
        for (int i = which.nextSetBit(0); i >= 0; i = which.nextSetBit(i + 1)) {
            bytes += encoder.stripBytes(i);
            coarse.set(i, level > SHARP);
        }
        return bytes;
    }

    /** What the changes would take in full size, about. A small change is in few rows, so its strips only become wider. */
    long estimateInFullSize(int bytes) {
        return (long) (bytes - encoder.headerBytes()) * divisor * (hasSmallChanges() ? 1 : divisor);
    }

    /** Size of the whole picture. */
    int sizeBytes() {
        return encoder.sizeBytes();
    }

    /** Writes the whole picture, {@link #sizeBytes()} bytes. */
    void writePicture(ByteBuffer to) {
        encoder.writePicture(to);
    }
}
