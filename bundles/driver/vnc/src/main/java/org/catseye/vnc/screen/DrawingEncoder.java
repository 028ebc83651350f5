package org.catseye.vnc.screen;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.catseye.rfb.picture.PictureChanges;
import org.catseye.rfb.picture.PictureChanges.Copy;
import org.catseye.rfb.picture.Rectangle;

/**
 * Writes changes as a drawing (docs/protocol.md): copies, then areas with their exact pixels in tiles, each with the colours that it has.
 * That suits text and windows, and not photographs. Not thread-safe.
 */
final class DrawingEncoder {

    private static final int COPY = 1;
    private static final int FILL = 2;
    private static final int TILES = 3;
    private static final int TILE = 64;
    private static final int MAX_COLOURS = 255;
    /** A drawing may always have this size; a larger one only if its pixels take no more than two bits on average. */
    private static final int SMALL_BYTES = 16 * 1024;
    private static final int MAX_BYTES = 256 * 1024;
    private static final int HASH_SIZE = 1024;
    private static final int HASH_FACTOR = 0x9E3779B1;

    private byte[] bytes = new byte[SMALL_BYTES];
    private int size;
    private final int[] colours = new int[MAX_COLOURS];
    private int colourCount;
    private final int[] hashedColours = new int[HASH_SIZE];
    /** The index of each colour, plus 1. */
    private final short[] hashedIndexes = new short[HASH_SIZE];
    private final byte[] tileIndexes = new byte[TILE * TILE];

    /** @return whether a drawing is a good way to send these changes; the rest of its methods are for this case */
    boolean encodeChanges(PictureChanges changes, int[] pixels, int stride) {
        size = 0;
        List<Rectangle> areas = changes.areas();
        int limit = Math.min(MAX_BYTES, SMALL_BYTES + areas.stream().mapToInt(Rectangle::pixelCount).sum() / 4);
        for (Copy copy : changes.copies()) {
            reserveBytes(13);
            putByte(COPY);
            putShort(copy.fromX());
            putShort(copy.fromY());
            putRectangle(copy.to());
        }
        for (Rectangle area : areas) {
            encodeArea(area, pixels, stride, limit);
            if (size > limit) {
                return false;
            }
        }
        return size > 0;
    }

    int sizeBytes() {
        return size;
    }

    void writeDrawing(ByteBuffer to) {
        to.put(bytes, 0, size);
    }

    private void encodeArea(Rectangle area, int[] pixels, int stride, int limit) {
        reserveBytes(12);
        if (hasOneColour(area, pixels, stride)) {
            putByte(FILL);
            putRectangle(area);
            putColour(pixels[area.y() * stride + area.x()]);
            return;
        }
        putByte(TILES);
        putRectangle(area);
        for (int y = 0; y < area.height() && size <= limit; y += TILE) {
            int height = Math.min(TILE, area.height() - y);
            for (int x = 0; x < area.width() && size <= limit; x += TILE) {
                encodeTile(pixels, (area.y() + y) * stride + area.x() + x, stride, Math.min(TILE, area.width() - x), height);
            }
        }
    }

    private static boolean hasOneColour(Rectangle area, int[] pixels, int stride) {
        int first = area.y() * stride + area.x();
        int colour = pixels[first];
        for (int x = 0; x < area.width(); x++) {
            if (pixels[first + x] != colour) {
                return false;
            }
        }
        for (int row = 1; row < area.height(); row++) {
            int at = first + row * stride;
            if (!Arrays.equals(pixels, at, at + area.width(), pixels, first, first + area.width())) {
                return false;
            }
        }
        return true;
    }

    private void encodeTile(int[] pixels, int at, int stride, int width, int height) {
        reserveBytes(1 + 3 * width * height);
        if (!indexColours(pixels, at, stride, width, height)) {
            putByte(0);
            for (int row = 0; row < height; row++) {
                for (int x = 0; x < width; x++) {
                    putColour(pixels[at + row * stride + x]);
                }
            }
            return;
        }
        int bits = colourCount == 1 ? 0 : colourCount == 2 ? 1 : colourCount <= 4 ? 2 : colourCount <= 16 ? 4 : 8;
        reserveBytes(1 + 3 * colourCount + width * height);
        putByte(colourCount);
        for (int i = 0; i < colourCount; i++) {
            putColour(colours[i]);
        }
        if (bits > 0) {
            putIndexes(bits, width, height);
        }
    }

    /** Finds the colours of a tile. @return false if there are too many */
    private boolean indexColours(int[] pixels, int at, int stride, int width, int height) {
        Arrays.fill(hashedIndexes, (short) 0);
        colourCount = 0;
        int last = -1;
        int index = 0;
        int to = 0;
        for (int row = 0; row < height; row++) {
            int from = at + row * stride;
            for (int i = from; i < from + width; i++) {
                int colour = pixels[i];
                if (colour != last) {
                    index = indexOf(colour);
                    last = colour;
                    if (index < 0) {
                        return false;
                    }
                }
                tileIndexes[to++] = (byte) index;
            }
        }
        return true;
    }

    /** @return -1 if there is no room for another colour */
    private int indexOf(int colour) {
        int slot = colour * HASH_FACTOR >>> 22;
        while (hashedIndexes[slot] != 0) {
            if (hashedColours[slot] == colour) {
                return hashedIndexes[slot] - 1;
            }
            slot = slot + 1 & HASH_SIZE - 1;
        }
        if (colourCount == MAX_COLOURS) {
            return -1;
        }
        hashedColours[slot] = colour;
        hashedIndexes[slot] = (short) (colourCount + 1);
        colours[colourCount] = colour;
        return colourCount++;
    }

    /** Each row begins with a new byte, and its first pixel is in the highest bits. */
    private void putIndexes(int bits, int width, int height) {
        int from = 0;
        for (int row = 0; row < height; row++) {
            int held = 0;
            int free = 8;
            for (int x = 0; x < width; x++) {
                free -= bits;
                held |= (tileIndexes[from++] & 0xff) << free;
                if (free == 0 || x == width - 1) {
                    putByte(held);
                    held = 0;
                    free = 8;
                }
            }
        }
    }

    private void reserveBytes(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length + more);
        }
    }

    private void putRectangle(Rectangle area) {
        putShort(area.x());
        putShort(area.y());
        putShort(area.width());
        putShort(area.height());
    }

    private void putColour(int rgb) {
        putByte(rgb >> 16);
        putByte(rgb >> 8);
        putByte(rgb);
    }

    private void putShort(int value) {
        putByte(value >> 8);
        putByte(value);
    }

    private void putByte(int value) {
        bytes[size++] = (byte) value;
    }
}
