package org.catseye.virtual.desktop;

import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;

/** A window with a title bar for dragging; subclasses paint the content. Content coordinates start at 0,0. */
abstract class Window {

    static final int TITLE = 30;
    private static final int CORNER = 8;
    private static final int SHADOW = 14;

    private final String title;
    private final int width;
    private final int height;
    private int x;
    private int y;

    /** @param width of the content in pixels */
    Window(String title, int x, int y, int width, int height) {
        this.title = title;
        this.x = x;
        this.y = y;
        this.width = width;
        this.height = height;
    }

    final int x() {
        return x;
    }

    final int y() {
        return y;
    }

    final int contentY() {
        return y + TITLE;
    }

    final int width() {
        return width;
    }

    final int height() {
        return height;
    }

    final String title() {
        return title;
    }

    final void moveTo(int newX, int newY) {
        x = newX;
        y = newY;
    }

    final boolean contains(int px, int py) {
        return px >= x && px < x + width && py >= y && py < y + TITLE + height;
    }

    final boolean isInTitleBar(int px, int py) {
        return contains(px, py) && py < y + TITLE;
    }

    final void paintWindow(Canvas canvas, Look look, boolean active) {
        int whole = TITLE + height;
        canvas.drawShadow(x, y, width, whole, SHADOW);
        canvas.fillRounded(x, y, width, TITLE + CORNER, CORNER, active ? Palette.TITLE_ACTIVE : Palette.TITLE, 255);
        look.desktopBoldFont().drawCentered(canvas, x + width / 2, y + 6, title, active ? Palette.WHITE : Palette.INK_DIM);
        canvas.drawOutline(x, y + TITLE - 1, width, height + 1, active ? Palette.TITLE_ACTIVE : Palette.EDGE);
        canvas.setClip(x + 1, y + TITLE, width - 2, height - 1);
        canvas.fillRectangle(x, y + TITLE, width, height, Palette.WINDOW);
        paintContent(canvas, look, x, y + TITLE, active);
        canvas.clearClip();
    }

    /** Paints the content, clipped to it. @param left where it begins on the canvas */
    abstract void paintContent(Canvas canvas, Look look, int left, int top, boolean active);

    /** A button was pressed. @param button bit of the button */
    void pressButton(int px, int py, int button, long now) {
    }

    /** The button was released, perhaps outside the window. */
    void releaseButton(int px, int py, int button, long now) {
    }

    void handleWheel(int wheel, int pan) {
    }

    void handleKey(KeyPress press) {
    }

    /** The line that the user is editing, for the frame tag. */
    String currentLine() {
        return "";
    }
}
