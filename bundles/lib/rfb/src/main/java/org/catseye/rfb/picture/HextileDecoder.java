package org.catseye.rfb.picture;

import java.io.IOException;
import org.catseye.rfb.wire.RfbException;
import org.catseye.rfb.wire.WireInput;

/** Hextile (RFC 6143, section 7.7.4). */
final class HextileDecoder implements RectangleDecoder {

    private static final int TILE = 16;
    private static final int RAW = 1;
    private static final int BACKGROUND = 2;
    private static final int FOREGROUND = 4;
    private static final int ANY_SUBRECTS = 8;
    private static final int COLOURED = 16;

    private int background;
    private int foreground;

    @Override
    public void decodeRectangle(WireInput in, Rectangle area, Framebuffer picture) throws IOException {
        background = 0;
        foreground = 0;
        for (int y = 0; y < area.height(); y += TILE) {
            for (int x = 0; x < area.width(); x += TILE) {
                decodeTile(in, new Rectangle(area.x() + x, area.y() + y, Math.min(TILE, area.width() - x), Math.min(TILE, area.height() - y)), picture);
            }
        }
    }

    private void decodeTile(WireInput in, Rectangle tile, Framebuffer picture) throws IOException {
        int mask = in.readU8();
        if ((mask & RAW) != 0) {
            for (int row = 0; row < tile.height(); row++) {
                in.readPixels(picture.pixels(), picture.indexOf(tile.x(), tile.y() + row), tile.width());
            }
            return;
        }
        if ((mask & BACKGROUND) != 0) {
            background = in.readPixel();
        }
        if ((mask & FOREGROUND) != 0) {
            foreground = in.readPixel();
        }
        picture.fillRectangle(tile.x(), tile.y(), tile.width(), tile.height(), background);
        int count = (mask & ANY_SUBRECTS) == 0 ? 0 : in.readU8();
        for (int i = 0; i < count; i++) {
            int colour = (mask & COLOURED) == 0 ? foreground : in.readPixel();
            int position = in.readU8();
            int size = in.readU8();
            fillPart(picture, tile, new Rectangle(position >> 4, position & 15, (size >> 4) + 1, (size & 15) + 1), colour);
        }
    }

    private static void fillPart(Framebuffer picture, Rectangle tile, Rectangle part, int colour) throws RfbException {
        if (!part.isInside(tile.width(), tile.height())) {
            throw new RfbException("The server sent a Hextile rectangle outside of its tile.");
        }
        picture.fillRectangle(tile.x() + part.x(), tile.y() + part.y(), part.width(), part.height(), colour);
    }
}
