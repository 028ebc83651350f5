package org.catseye.virtual.paint;

/**
 * The letters for one screen size. Text screens have the same rows and columns at every size; the desktop has letters of the
 * same pixels, so that a larger screen holds more, as on a real computer.
 */
public final class Look {

    /** Rows at the top of every picture that belong to the frame tag. */
    public static final int TAG_HEIGHT = 16;
    /** Text screens are this many letters wide and high. */
    public static final int COLUMNS = 106;
    public static final int ROWS = 29;

    private final int cellWidth;
    private final int cellHeight;
    private final int left;
    private final Glyphs text;
    private final Glyphs bold;
    private final Glyphs ui;
    private final Glyphs uiBold;
    private final Glyphs large;

    /** Draws the letters; takes some 100 ms the first time. */
    public Look(int width, int height, FontSource source) {
        cellWidth = 12 * height / 720;
        cellHeight = 24 * height / 720;
        left = (width - COLUMNS * cellWidth) / 2;
        text = Glyphs.loadGlyphs(source, "Monospaced", false, cellWidth, cellHeight);
        bold = Glyphs.loadGlyphs(source, "Monospaced", true, cellWidth, cellHeight);
        ui = Glyphs.loadGlyphs(source, "SansSerif", false, 7, 18);
        uiBold = Glyphs.loadGlyphs(source, "SansSerif", true, 7, 18);
        large = Glyphs.loadGlyphs(source, "SansSerif", true, 24, 44);
    }

    /** Paints a text screen below the tag. @param cursor whether to show its cursor */
    public void paintTextScreen(Canvas canvas, TextScreen screen, boolean cursor) {
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                paintCell(canvas, screen, row, column);
            }
        }
        if (cursor && screen.isCursorVisible()) {
            int x = left + screen.cursorColumn() * cellWidth;
            int y = TAG_HEIGHT + screen.cursorRow() * cellHeight;
            canvas.fillRectangle(x, y + cellHeight - 4, cellWidth, 3, Palette.WHITE);
        }
    }

    private void paintCell(Canvas canvas, TextScreen screen, int row, int column) {
        int x = left + column * cellWidth;
        int y = TAG_HEIGHT + row * cellHeight;
        int background = screen.backgroundAt(row, column);
        if (background != Palette.BLACK) {
            canvas.fillRectangle(x, y, cellWidth, cellHeight, background);
        }
        char c = screen.characterAt(row, column);
        if (BoxLines.isLine(c)) {
            BoxLines.drawBoxLine(canvas, c, x, y, cellWidth, cellHeight, screen.colorAt(row, column));
        } else if (c != ' ') {
            (screen.isBoldAt(row, column) ? bold : text).drawLetter(canvas, x, y, c, screen.colorAt(row, column));
        }
    }

    /** A smooth font for the desktop, 18 pixels high. */
    public Glyphs desktopFont() {
        return ui;
    }

    public Glyphs desktopBoldFont() {
        return uiBold;
    }

    /** Text screens' letters, also for the desktop's editor. */
    public Glyphs consoleFont() {
        return text;
    }

    /** Headlines, 44 pixels high. */
    public Glyphs headlineFont() {
        return large;
    }

    public int cellHeight() {
        return cellHeight;
    }
}
