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
    private static final String[] WORDS = {"whisker", "velvet paw", "sunny sill", "ball of wool", "night walk", "purr", "saucer", "long nap"};

    private int x;
    private int y;

    ScrollWindow(int left, int top) {
        super("Scroll me", left, top, 300, 230);
    }

    @Override
    void wheel(int wheel, int pan) {
        scroll(pan * PAN_STEP, -wheel * 3 * ROW);
    }

    @Override
    void key(KeyPress press) {
        switch (press.usage()) {
            case Keys.UP -> scroll(0, -ROW);
            case Keys.DOWN -> scroll(0, ROW);
            case Keys.LEFT -> scroll(-PAN_STEP, 0);
            case Keys.RIGHT -> scroll(PAN_STEP, 0);
            case Keys.PAGE_UP -> scroll(0, -height());
            case Keys.PAGE_DOWN -> scroll(0, height());
            case Keys.HOME -> scroll(0, -ROWS * ROW);
            case Keys.END -> scroll(0, ROWS * ROW);
            default -> { }
        }
    }

    private void scroll(int dx, int dy) {
        x = Math.max(0, Math.min(WHOLE_WIDTH - width() + BAR, x + dx));
        y = Math.max(0, Math.min(ROWS * ROW - height() + BAR, y + dy));
    }

    @Override
    void content(Canvas canvas, Look look, int left, int top, boolean active) {
        for (int row = y / ROW; row < Math.min(ROWS, (y + height()) / ROW + 1); row++) {
            int at = top + row * ROW - y;
            canvas.fill(left, at, width(), ROW, row % 2 == 0 ? Palette.WINDOW : 0xe6ebf2);
            look.uiBold().draw(canvas, left + 12 - x, at + 3, String.format("%03d", row + 1), Palette.TITLE_ACTIVE);
            String text = WORDS[row % WORDS.length] + ",  " + WORDS[(row * 3 + 1) % WORDS.length] + ",  " + WORDS[(row * 5 + 2) % WORDS.length];
            look.ui().draw(canvas, left + 60 - x, at + 3, text, Palette.INK);
            look.ui().draw(canvas, left + 480 - x, at + 3, "far to the right: row " + (row + 1), Palette.INK_DIM);
        }
        bars(canvas, left, top);
    }

    private void bars(Canvas canvas, int left, int top) {
        int w = width() - BAR;
        int h = height() - BAR;
        canvas.fill(left + w, top, BAR, height(), Palette.TITLE);
        canvas.fill(left, top + h, width(), BAR, Palette.TITLE);
        canvas.round(left + w + 2, top + h * y / (ROWS * ROW), BAR - 4, Math.max(16, h * h / (ROWS * ROW)), 3, Palette.INK_DIM, 255);
        canvas.round(left + w * x / WHOLE_WIDTH, top + h + 2, w * w / WHOLE_WIDTH, BAR - 4, 3, Palette.INK_DIM, 255);
    }

    @Override
    String line() {
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
