package org.catseye.rfb.picture;

import java.io.IOException;
import java.util.Arrays;
import org.catseye.rfb.wire.RfbException;
import org.catseye.rfb.wire.WireInput;

/** ZRLE (RFC 6143, section 7.7.6) with pixels of three bytes. */
final class ZrleDecoder implements RectangleDecoder, AutoCloseable {

    private static final int TILE = 64;
    private static final int MAX_PALETTE = 127;
    private static final int RUNS = 128;

    private final ZlibInput zlib = new ZlibInput();
    private final int[] palette = new int[MAX_PALETTE];
    private final int[] tilePixels = new int[TILE * TILE];

    @Override
    public void decodeRectangle(WireInput in, Rectangle area, Framebuffer picture) throws IOException {
        zlib.beginData(in, in.readU32());
        for (int y = 0; y < area.height(); y += TILE) {
            for (int x = 0; x < area.width(); x += TILE) {
                Rectangle tile = new Rectangle(area.x() + x, area.y() + y, Math.min(TILE, area.width() - x), Math.min(TILE, area.height() - y));
                decodeTile(tile);
                for (int row = 0; row < tile.height(); row++) {
                    System.arraycopy(tilePixels, row * tile.width(), picture.pixels(), picture.indexOf(tile.x(), tile.y() + row), tile.width());
                }
            }
        }
        zlib.endData();
    }

    private void decodeTile(Rectangle tile) throws IOException {
        int kind = zlib.readU8();
        int colours = kind & ~RUNS;
        int count = tile.pixelCount();
        if (kind == RUNS + 1 || kind > 16 && kind < RUNS) {
            throw new RfbException("The server sent a ZRLE tile of the unknown kind " + kind + ".");
        }
        for (int i = 0; i < colours; i++) {
            palette[i] = zlib.readPixel();
        }
        if (kind >= RUNS) {
            decodeRuns(count, colours);
        } else if (kind == 0) {
            for (int i = 0; i < count; i++) {
                tilePixels[i] = zlib.readPixel();
            }
        } else if (kind == 1) {
            Arrays.fill(tilePixels, 0, count, palette[0]);
        } else {
            decodePacked(tile, colours);
        }
    }

    private void decodeRuns(int count, int colours) throws IOException {
        int at = 0;
        while (at < count) {
            int index = colours == 0 ? 0 : zlib.readU8();
            int colour = colours == 0 ? zlib.readPixel() : paletteColour(index & ~RUNS, colours);
            int length = colours == 0 || (index & RUNS) != 0 ? readRunLength(count - at) : 1;
            Arrays.fill(tilePixels, at, at + length, colour);
            at += length;
        }
    }

    private int readRunLength(int max) throws IOException {
        int length = 1;
        int more;
        do {
            more = zlib.readU8();
            length += more;
            if (length > max) {
                throw new RfbException("The server sent a ZRLE run beyond its tile.");
            }
        } while (more == 0xff);
        return length;
    }

    private void decodePacked(Rectangle tile, int colours) throws IOException {
        int bits = colours == 2 ? 1 : colours <= 4 ? 2 : 4;
        int at = 0;
        for (int row = 0; row < tile.height(); row++) {
            int held = 0;
            int have = 0;
            for (int x = 0; x < tile.width(); x++) {
                if (have == 0) {
                    held = zlib.readU8();
                    have = 8;
                }
                have -= bits;
                tilePixels[at++] = paletteColour(held >> have & (1 << bits) - 1, colours);
            }
        }
    }

    private int paletteColour(int index, int colours) throws RfbException {
        if (index >= colours) {
            throw new RfbException("The server sent a ZRLE colour that is not in its palette.");
        }
        return palette[index];
    }

    @Override
    public void close() {
        zlib.close();
    }
}
