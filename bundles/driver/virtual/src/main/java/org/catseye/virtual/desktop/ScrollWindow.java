package org.catseye.virtual.desktop;

import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;

/** A list that is larger than its window: moved by wheel, pan and the cursor keys. */
final class ScrollWindow extends Window {

    private static final int ROWS = 100;
    private static final int ROW = 24;
    private static final int WHOLE_WIDTH = 760;
    private static final int BAR = 10;
    private static final int PAN_STEP = 40;
    private static final String[] WORDS = {"whisker", "velvet paw", "sunny sill", "ball of wool", "night walk", "purr",
        "saucer", "long nap"};

    private int x;
    private int y;

    ScrollWindow(int left, int top) {
        super("Scroll me", left, top, 300, 230);
    }

    @Override
    void handleWheel(int wheel, int pan) {
        scrollContent(pan * PAN_STEP, -wheel * 3 * ROW);
    }

    @Override
    void handleKey(KeyPress press) {
        switch (press.usage()) {
            case Keys.UP -> scrollContent(0, -ROW);
            case Keys.DOWN -> scrollContent(0, ROW);
            case Keys.LEFT -> scrollContent(-PAN_STEP, 0);
            case Keys.RIGHT -> scrollContent(PAN_STEP, 0);
            case Keys.PAGE_UP -> scrollContent(0, -height());
            case Keys.PAGE_DOWN -> scrollContent(0, height());
            case Keys.HOME -> scrollContent(0, -ROWS * ROW);
            case Keys.END -> scrollContent(0, ROWS * ROW);
            default -> { }
        }
    }

    private void scrollContent(int dx, int dy) {
        x = Math.max(0, Math.min(WHOLE_WIDTH - width() + BAR, x + dx));
        y = Math.max(0, Math.min(ROWS * ROW - height() + BAR, y + dy));
    }

    @Override
    void paintContent(Canvas canvas, Look look, int left, int top, boolean active) {
        for (int row = y / ROW; row < Math.min(ROWS, (y + height()) / ROW + 1); row++) {
            int at = top + row * ROW - y;
            canvas.fillRectangle(left, at, width(), ROW, row % 2 == 0 ? Palette.WINDOW : 0xe6ebf2);
            look.desktopBoldFont().drawText(canvas, left + 12 - x, at + 3, String.format("%03d", row + 1), Palette.TITLE_ACTIVE);
            String text = WORDS[row % WORDS.length] + ",  " + WORDS[(row * 3 + 1) % WORDS.length] + ",  "
                + WORDS[(row * 5 + 2) % WORDS.length];
            look.desktopFont().drawText(canvas, left + 60 - x, at + 3, text, Palette.INK);
            look.desktopFont().drawText(canvas, left + 480 - x, at + 3, "far to the right: row " + (row + 1), Palette.INK_DIM);
        }
        paintScrollBars(canvas, left, top);
    }

    private void paintScrollBars(Canvas canvas, int left, int top) {
        int w = width() - BAR;
        int h = height() - BAR;
        canvas.fillRectangle(left + w, top, BAR, height(), Palette.TITLE);
        canvas.fillRectangle(left, top + h, width(), BAR, Palette.TITLE);
        canvas.fillRounded(left + w + 2, top + h * y / (ROWS * ROW), BAR - 4, Math.max(16, h * h / (ROWS * ROW)), 3, Palette.INK_DIM, 255);
        canvas.fillRounded(left + w * x / WHOLE_WIDTH, top + h + 2, w * w / WHOLE_WIDTH, BAR - 4, 3, Palette.INK_DIM, 255);
    }

    @Override
    String currentLine() {
        return x + "," + y;
    }

    /** How far it is scrolled down, in pixels. */
    int scrolledY() {
        return y;
    }

    int scrolledX() {
        return x;
    }
}
