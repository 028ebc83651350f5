package org.catseye.rfb.picture;

import java.util.Optional;

/** A part of the picture in pixels. */
public record Rectangle(int x, int y, int width, int height) {

    public int pixelCount() {
        return width * height;
    }

    boolean isInside(int pictureWidth, int pictureHeight) {
        return x + width <= pictureWidth && y + height <= pictureHeight;
    }

    boolean contains(Rectangle other) {
        return x <= other.x && y <= other.y && x + width >= other.x + other.width && y + height >= other.y + other.height;
    }

    /** The part that two have in common; empty if there is none. */
    public Optional<Rectangle> intersect(Rectangle other) {
        int left = Math.max(x, other.x);
        int top = Math.max(y, other.y);
        int right = Math.min(x + width, other.x + other.width);
        int bottom = Math.min(y + height, other.y + other.height);
        return right > left && bottom > top ? Optional.of(new Rectangle(left, top, right - left, bottom - top)) : Optional.empty();
    }

    /** The smallest one that contains both. */
    Rectangle unite(Rectangle other) {
        int left = Math.min(x, other.x);
        int top = Math.min(y, other.y);
        return new Rectangle(left, top, Math.max(x + width, other.x + other.width) - left, Math.max(y + height, other.y + other.height) - top);
    }

    Rectangle moveBy(int right, int down) {
        return new Rectangle(x + right, y + down, width, height);
    }
}
