package org.catseye.rfb.picture;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.catseye.rfb.wire.RfbException;

/**
 * The pixels of the remote screen, {@code 0xRRGGBB} row by row, and which of them have changed. A JPEG that covers the whole screen is
 * kept as it is, and decoded only if something else changes on top of it. Guarded by the owner's lock, except for the size.
 */
public final class Framebuffer {

    /** The most pixels in one direction. */
    public static final int MAX_SIZE = 8192;
    /** Changes are noted per strip of this many rows. */
    public static final int STRIP = 8;

    private volatile int width;
    private volatile int height;
    private int[] pixels = {};
    private final BitSet changedStrips = new BitSet();
    private final PictureChanges changes = new PictureChanges();
    private byte[] wholeJpeg = {};
    private long receivedPixels;

    /** Takes a size that its owner has checked. The picture is black and has changed. */
    void resizeTo(int newWidth, int newHeight) {
        pixels = new int[newWidth * newHeight];
        width = newWidth;
        height = newHeight;
        wholeJpeg = new byte[0];
        changes.addWhole(width, height);
        changedStrips.clear();
        changedStrips.set(0, (height + STRIP - 1) / STRIP);
    }

    /** The current width, at any time and on any thread; the same for the height. */
    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The pixels themselves, which are replaced when the size changes. Stale while there is a {@link #wholeJpeg()}. */
    public int[] pixels() {
        return pixels;
    }

    /** The strips that have changed since {@link #clearChanges()}; the live set. */
    public BitSet changedStrips() {
        return changedStrips;
    }

    /** What has changed since {@link PictureChanges#clearChanges}; the live object. */
    public PictureChanges changes() {
        return changes;
    }

    /** Forgets {@link #changedStrips()}. */
    public void clearChanges() {
        changedStrips.clear();
    }

    /** How many pixels the server has sent since the connection began. */
    public long receivedPixels() {
        return receivedPixels;
    }

    /** The picture as one JPEG, if the server sent it so and nothing has changed since. */
    public Optional<byte[]> wholeJpeg() {
        return wholeJpeg.length == 0 ? Optional.empty() : Optional.of(wholeJpeg);
    }

    /** Makes {@link #pixels()} current. */
    public void decodeWholeJpeg() throws IOException {
        if (wholeJpeg.length > 0) {
            byte[] jpeg = wholeJpeg;
            wholeJpeg = new byte[0];
            JpegRectangle.decodeInto(jpeg, this, new Rectangle(0, 0, width, height));
        }
    }

    /** Prepares for new content of a rectangle, and marks it as changed. */
    void beginRectangle(Rectangle area) throws IOException {
        beginContent(area);
        changes.addArea(area);
    }

    /** As {@link #beginRectangle}, if the content is in the picture already. */
    void beginCopy(int fromX, int fromY, Rectangle area) throws IOException {
        beginContent(area);
        changes.addCopy(fromX, fromY, area);
    }

    private void beginContent(Rectangle area) throws IOException {
        if (!area.isInside(width, height)) {
            throw new RfbException("The server sent a part of a picture outside of its screen of " + width + "x" + height + " pixels.");
        }
        if (covers(area)) {
            wholeJpeg = new byte[0];
        } else {
            decodeWholeJpeg();
        }
        receivedPixels += area.pixelCount();
        if (area.pixelCount() > 0) {
            changedStrips.set(area.y() / STRIP, (area.y() + area.height() - 1) / STRIP + 1);
        }
    }

    boolean covers(Rectangle area) {
        return area.width() == width && area.height() == height;
    }

    void keepWholeJpeg(byte[] jpeg) {
        wholeJpeg = jpeg;
    }

    void fillRectangle(int x, int y, int w, int h, int rgb) {
        for (int row = y; row < y + h; row++) {
            Arrays.fill(pixels, row * width + x, row * width + x + w, rgb);
        }
    }

    void copyRectangle(int fromX, int fromY, Rectangle to) {
        boolean upwards = fromY > to.y();
        for (int i = 0; i < to.height(); i++) {
            int row = upwards ? i : to.height() - 1 - i;
            System.arraycopy(pixels, (fromY + row) * width + fromX, pixels, (to.y() + row) * width + to.x(), to.width());
        }
    }

    /** Where the pixel is in {@link #pixels()}. */
    int indexOf(int x, int y) {
        return y * width + x;
    }
}
