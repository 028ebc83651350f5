package org.catseye.virtual.desktop;

import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;

/** A push button. Its action runs when the left mouse button is pressed and released on it. */
final class Button {

    private static final int LEFT = 1;

    private final String label;
    private final int x;
    private final int y;
    private final int width;
    private final int height;
    private final Runnable action;
    private boolean down;

    /** @param x place in its parent, in pixels; the same for y */
    Button(String label, int x, int y, int width, int height, Runnable action) {
        this.label = label;
        this.x = x;
        this.y = y;
        this.width = width;
        this.height = height;
        this.action = action;
    }

    private boolean contains(int px, int py) {
        return px >= x && px < x + width && py >= y && py < y + height;
    }

    void pressButton(int px, int py, int button) {
        down = button == LEFT && contains(px, py);
    }

    void releaseButton(int px, int py, int button) {
        if (button == LEFT && down) {
            down = false;
            if (contains(px, py)) {
                action.run();
            }
        }
    }

    /** @param left where the parent begins on the canvas */
    void paintButton(Canvas canvas, Look look, int left, int top) {
        int face = down ? Palette.TITLE_ACTIVE : Palette.TITLE;
        canvas.fillRounded(left + x, top + y, width, height, 6, Palette.EDGE, 255);
        canvas.fillRounded(left + x + 1, top + y + 1, width - 2, height - 2, 5, face, 255);
        look.desktopBoldFont().drawCentered(canvas, left + x + width / 2, top + y + (height - look.desktopBoldFont().height()) / 2, label,
            down ? Palette.WHITE : Palette.INK);
    }
}
