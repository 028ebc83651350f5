package org.catseye.rfb.picture;

import java.io.IOException;
import java.util.Arrays;
import org.catseye.rfb.wire.RfbException;
import org.catseye.rfb.wire.WireInput;

/** Tight, as the community's description of the protocol has it, with pixels of three bytes. */
final class TightDecoder implements RectangleDecoder, AutoCloseable {

    private static final int STREAMS = 4;
    private static final int FILL = 8;
    private static final int JPEG = 9;
    private static final int EXPLICIT_FILTER = 4;
    private static final int COPY_FILTER = 0;
    private static final int PALETTE_FILTER = 1;
    private static final int GRADIENT_FILTER = 2;
    /** Shorter data is not compressed. */
    private static final int MIN_COMPRESSED = 12;
    private static final int MAX_COLOURS = 256;

    private final ZlibInput[] streams = new ZlibInput[STREAMS];
    private final int[] palette = new int[MAX_COLOURS];
    private final byte[] row = new byte[3 * Framebuffer.MAX_SIZE];
    private final byte[] rowAbove = new byte[3 * Framebuffer.MAX_SIZE];
    private WireInput in;
    private ZlibInput stream;
    private boolean compressed;

    @Override
    public void decodeRectangle(WireInput from, Rectangle area, Framebuffer picture) throws IOException {
        in = from;
        int control = in.readU8();
        for (int i = 0; i < STREAMS; i++) {
            if ((control >> i & 1) != 0 && streams[i] != null) {
                streams[i].resetStream();
            }
        }
        int kind = control >> 4;
        if (kind == FILL) {
            picture.fillRectangle(area.x(), area.y(), area.width(), area.height(), in.readU8() << 16 | in.readU16());
        } else if (kind == JPEG) {
            JpegRectangle.takeJpeg(in.readBytes(readCompactLength()), picture, area);
        } else if (kind < FILL) {
            decodeBasic(kind, area, picture);
        } else {
            throw new RfbException("The server sent a Tight rectangle of the unknown kind " + kind + ".");
        }
    }

    /** One to three bytes; at most 4 MiB. */
    private int readCompactLength() throws IOException {
        int first = in.readU8();
        if (first < 0x80) {
            return first;
        }
        int second = in.readU8();
        int length = first & 0x7f | (second & 0x7f) << 7;
        return second < 0x80 ? length : length | in.readU8() << 14;
    }

    private void decodeBasic(int kind, Rectangle area, Framebuffer picture) throws IOException {
        int filter = (kind & EXPLICIT_FILTER) != 0 ? in.readU8() : COPY_FILTER;
        int colours = filter == PALETTE_FILTER ? readPalette() : 0;
        int rowBytes = filter != PALETTE_FILTER ? 3 * area.width() : colours == 2 ? (area.width() + 7) / 8 : area.width();
        beginData(kind & 3, (long) rowBytes * area.height());
        for (int y = 0; y < area.height(); y++) {
            readRow(rowBytes);
            int at = picture.indexOf(area.x(), area.y() + y);
            switch (filter) {
                case COPY_FILTER -> copyRow(picture.pixels(), at, area.width());
                case PALETTE_FILTER -> copyPaletteRow(picture.pixels(), at, area.width(), colours);
                case GRADIENT_FILTER -> copyGradientRow(picture.pixels(), at, area.width(), y == 0);
                default -> throw new RfbException("The server sent a Tight rectangle with the unknown filter " + filter + ".");
            }
        }
        if (compressed) {
            stream.endData();
        }
    }

    private int readPalette() throws IOException {
        int colours = in.readU8() + 1;
        for (int i = 0; i < colours; i++) {
            palette[i] = in.readU8() << 16 | in.readU16();
        }
        return colours;
    }

    private void beginData(int number, long plainBytes) throws IOException {
        compressed = plainBytes >= MIN_COMPRESSED;
        if (compressed) {
            if (streams[number] == null) {
                streams[number] = new ZlibInput();
            }
            stream = streams[number];
            stream.beginData(in, readCompactLength());
        }
    }

    private void readRow(int bytes) throws IOException {
        if (compressed) {
            stream.readBytes(row, bytes);
        } else {
            in.readBytes(row, 0, bytes);
        }
    }

    private void copyRow(int[] pixels, int at, int width) {
        for (int x = 0, i = 0; x < width; x++) {
            pixels[at + x] = (row[i++] & 0xff) << 16 | (row[i++] & 0xff) << 8 | row[i++] & 0xff;
        }
    }

    private void copyPaletteRow(int[] pixels, int at, int width, int colours) throws RfbException {
        for (int x = 0; x < width; x++) {
            int index = colours == 2 ? row[x / 8] >> 7 - x % 8 & 1 : row[x] & 0xff;
            if (index >= colours) {
                throw new RfbException("The server sent a Tight colour that is not in its palette.");
            }
            pixels[at + x] = palette[index];
        }
    }

    /** Each colour value is the difference from left + above - above left, limited to 0 to 255. */
    private void copyGradientRow(int[] pixels, int at, int width, boolean first) {
        if (first) {
            Arrays.fill(rowAbove, (byte) 0);
        }
        for (int i = 0; i < 3 * width; i++) {
            int left = i < 3 ? 0 : row[i - 3] & 0xff;
            int aboveLeft = i < 3 ? 0 : rowAbove[i - 3] & 0xff;
            int estimate = Math.max(0, Math.min(255, left + (rowAbove[i] & 0xff) - aboveLeft));
            row[i] += estimate;
        }
        copyRow(pixels, at, width);
        System.arraycopy(row, 0, rowAbove, 0, 3 * width);
    }

    @Override
    public void close() {
        for (ZlibInput each : streams) {
            if (each != null) {
                each.close();
            }
        }
    }
}
