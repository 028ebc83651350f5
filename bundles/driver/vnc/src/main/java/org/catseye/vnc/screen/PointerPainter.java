package org.catseye.vnc.screen;

import java.util.BitSet;
import java.util.Optional;
import org.catseye.rfb.picture.Framebuffer;
import org.catseye.rfb.picture.PointerShape;
import org.catseye.rfb.picture.Rectangle;
import org.catseye.vnc.link.VncLink.PointerPlace;

/** Draws the pointer into a picture for the time of its encoding. Not thread-safe. */
final class PointerPainter {

    private int[] below = {};
    private PointerShape shape = PointerShape.NONE;
    private PointerPlace place = new PointerPlace(false, 0, 0);

    /** Whether the picture has to be encoded again because of the pointer. */
    boolean isOutdated(PointerShape newShape, PointerPlace newPlace) {
        return newShape != shape || !newPlace.equals(place) && newShape.width() > 0;
    }

    /** Takes the new shape and place. @param strips gets the strips where the pointer was and is, as do the changes of the picture */
    void movePointer(PointerShape newShape, PointerPlace newPlace, BitSet strips, Framebuffer picture) {
        markStrips(strips);
        findArea(picture).ifPresent(picture.changes()::addArea);
        shape = newShape;
        place = newPlace;
        markStrips(strips);
        findArea(picture).ifPresent(picture.changes()::addArea);
    }

    /** Where the pointer is in the picture; empty if it is nowhere. */
    Optional<Rectangle> findArea(Framebuffer picture) {
        Rectangle area = new Rectangle(place.x() - shape.hotX(), place.y() - shape.hotY(), shape.width(), shape.height());
        return place.known() ? area.intersect(new Rectangle(0, 0, picture.width(), picture.height())) : Optional.empty();
    }

    private void markStrips(BitSet strips) {
        int top = Math.max(0, place.y() - shape.hotY());
        int bottom = place.y() - shape.hotY() + shape.height();
        if (place.known() && bottom > top) {
            strips.set(top / Framebuffer.STRIP, (bottom - 1) / Framebuffer.STRIP + 1);
        }
    }

    void paintPointer(Framebuffer picture) {
        if (!place.known()) {
            return;
        }
        if (below.length < shape.pixels().length) {
            below = new int[shape.pixels().length];
        }
        exchangePixels(picture, true);
    }

    void removePointer(Framebuffer picture) {
        if (place.known()) {
            exchangePixels(picture, false);
        }
    }

    private void exchangePixels(Framebuffer picture, boolean paint) {
        int[] pixels = picture.pixels();
        for (int i = shape.visible().nextSetBit(0); i >= 0; i = shape.visible().nextSetBit(i + 1)) {
            int x = place.x() - shape.hotX() + i % shape.width();
            int y = place.y() - shape.hotY() + i / shape.width();
            if (x >= 0 && x < picture.width() && y >= 0 && y < picture.height()) {
                int at = y * picture.width() + x;
                if (paint) {
                    below[i] = pixels[at];
                    pixels[at] = shape.pixels()[i];
                } else {
                    pixels[at] = below[i];
                }
            }
        }
    }
}
