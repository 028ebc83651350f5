package org.catseye.rfb.picture;

import java.io.IOException;
import org.catseye.rfb.wire.WireInput;

/** Reads the content of a rectangle in one encoding. Keeps what the encoding keeps between rectangles; for one connection. */
interface RectangleDecoder {

    /** @param area lies inside of the picture, and is marked as changed */
    void decodeRectangle(WireInput in, Rectangle area, Framebuffer picture) throws IOException;
}
