package org.catseye.virtual.paint;

/** Draws the box characters by hand: few fonts have them, and only so do they join without gaps. */
final class BoxLines {

    private static final String LINES = "─│┌┐└┘├┤";
    private static final int LEFT = 1;
    private static final int RIGHT = 2;
    private static final int UP = 4;
    private static final int DOWN = 8;
    private static final int[] ARMS = {LEFT | RIGHT, UP | DOWN, RIGHT | DOWN, LEFT | DOWN, RIGHT | UP, LEFT | UP, UP | DOWN | RIGHT,
        UP | DOWN | LEFT};

    private BoxLines() {
    }

    static boolean isLine(char c) {
        return c > '~' && LINES.indexOf(c) >= 0;
    }

    static void drawBoxLine(Canvas canvas, char c, int x, int y, int w, int h, int rgb) {
        int arms = ARMS[LINES.indexOf(c)];
        int thick = Math.max(2, h / 12);
        int cx = x + (w - thick) / 2;
        int cy = y + (h - thick) / 2;
        int from = (arms & LEFT) != 0 ? x : cx;
        int to = (arms & RIGHT) != 0 ? x + w : cx + thick;
        if ((arms & (LEFT | RIGHT)) != 0) {
            canvas.fillRectangle(from, cy, to - from, thick, rgb);
        }
        int top = (arms & UP) != 0 ? y : cy;
        int bottom = (arms & DOWN) != 0 ? y + h : cy + thick;
        if ((arms & (UP | DOWN)) != 0) {
            canvas.fillRectangle(cx, top, thick, bottom - top, rgb);
        }
    }
}
