package org.catseye.rfb.picture;

import java.util.BitSet;

/**
 * The pointer, which the server leaves to the client to draw.
 *
 * @param hotX the column that is at the pointer's position
 * @param hotY the row that is at the pointer's position
 * @param pixels {@code 0xRRGGBB}, row by row
 * @param visible the pixels that are drawn
 */
public record PointerShape(int width, int height, int hotX, int hotY, int[] pixels, BitSet visible) {

    /** A server may make a pointer no larger than this, in pixels. */
    public static final int MAX_SIZE = 256;

    /** Nothing is drawn. */
    public static final PointerShape NONE = new PointerShape(0, 0, 0, 0, new int[0], new BitSet());
}
