package org.catseye.virtual.paint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text screen of {@link Look#COLUMNS} x {@link Look#ROWS} letters with colours, a cursor and scroll-back. Not thread-safe.
 */
public final class TextScreen {

    private static final int SCROLLBACK_ROWS = 1000;

    private final List<Row> rows = new ArrayList<>();
    private final List<Row> gone = new ArrayList<>();
    private int cursorRow;
    private int cursorColumn;
    private int color = Palette.TEXT;
    private int background = Palette.BLACK;
    private boolean bold;
    /** How many rows the view is scrolled back. */
    private int back;

    private static final class Row {
        final char[] chars = new char[Look.COLUMNS];
        final int[] colors = new int[Look.COLUMNS];
        final int[] backgrounds = new int[Look.COLUMNS];
        final boolean[] bolds = new boolean[Look.COLUMNS];

        Row() {
            clear(0, Palette.BLACK);
        }

        void clear(int from, int ground) {
            Arrays.fill(chars, from, chars.length, ' ');
            Arrays.fill(backgrounds, from, chars.length, ground);
        }
    }

    public TextScreen() {
        clearScreen();
    }

    /** Empties the screen (not the scroll-back) and puts the cursor at the top left. */
    public void clearScreen() {
        rows.clear();
        for (int i = 0; i < Look.ROWS; i++) {
            rows.add(new Row());
        }
        cursorRow = 0;
        cursorColumn = 0;
        back = 0;
    }

    /** Sets the colour of further text. */
    public TextScreen setColor(int rgb) {
        color = rgb;
        return this;
    }

    public TextScreen setBackground(int rgb) {
        background = rgb;
        return this;
    }

    public TextScreen setBold(boolean on) {
        bold = on;
        return this;
    }

    /** Writes at the cursor, which moves on; '\n' begins a new row, a full row wraps, the last row scrolls. */
    public void writeText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || cursorColumn == Look.COLUMNS) {
                startNewRow();
            }
            if (c != '\n') {
                setCharacter(cursorRow, cursorColumn++, c);
            }
        }
        back = 0;
    }

    public void writeLine(String text) {
        writeText(text + "\n");
    }

    private void startNewRow() {
        cursorColumn = 0;
        if (++cursorRow == Look.ROWS) {
            cursorRow--;
            gone.add(rows.remove(0));
            if (gone.size() > SCROLLBACK_ROWS) {
                gone.remove(0);
            }
            rows.add(new Row());
        }
    }

    /** Writes at a place; the cursor stays; what does not fit the row is left out. */
    public void putText(int row, int column, String text) {
        for (int i = 0; i < text.length() && column + i < Look.COLUMNS; i++) {
            setCharacter(row, column + i, text.charAt(i));
        }
    }

    /** Fills a rectangle with blanks of the current background. */
    public void blankRectangle(int row, int column, int height, int width) {
        for (int i = 0; i < height; i++) {
            putText(row + i, column, " ".repeat(width));
        }
    }

    /** Draws a frame of box lines. */
    public void drawBox(int row, int column, int height, int width) {
        putText(row, column, "┌" + "─".repeat(width - 2) + "┐");
        for (int i = 1; i < height - 1; i++) {
            putText(row + i, column, "│");
            putText(row + i, column + width - 1, "│");
        }
        putText(row + height - 1, column, "└" + "─".repeat(width - 2) + "┘");
    }

    private void setCharacter(int row, int column, char c) {
        Row at = rows.get(row);
        at.chars[column] = c;
        at.colors[column] = color;
        at.backgrounds[column] = background;
        at.bolds[column] = bold;
    }

    /** Moves the cursor; rows above the screen count as the first. */
    public void moveCursor(int row, int column) {
        cursorRow = Math.max(0, Math.min(Look.ROWS - 1, row));
        cursorColumn = Math.max(0, Math.min(Look.COLUMNS, column));
    }

    /** Blanks from the cursor to the end of the screen. */
    public void clearToEnd() {
        for (int row = cursorRow; row < Look.ROWS; row++) {
            rows.get(row).clear(row == cursorRow ? cursorColumn : 0, Palette.BLACK);
        }
    }

    /** Scrolls the view. @param step rows; positive goes back in time */
    public void scrollView(int step) {
        back = Math.max(0, Math.min(gone.size(), back + step));
    }

    public int scrolledBack() {
        return back;
    }

    public boolean isCursorVisible() {
        return back == 0;
    }

    public int cursorRow() {
        return cursorRow;
    }

    public int cursorColumn() {
        return Math.min(cursorColumn, Look.COLUMNS - 1);
    }

    char characterAt(int row, int column) {
        return visibleRow(row).chars[column];
    }

    int colorAt(int row, int column) {
        return visibleRow(row).colors[column];
    }

    int backgroundAt(int row, int column) {
        return visibleRow(row).backgrounds[column];
    }

    boolean isBoldAt(int row, int column) {
        return visibleRow(row).bolds[column];
    }

    private Row visibleRow(int row) {
        return row >= back ? rows.get(row - back) : gone.get(gone.size() - back + row);
    }

    /** Content of the screen, row by row, without the blanks at the ends of rows. */
    public String screenText() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < Look.ROWS; row++) {
            text.append(new String(visibleRow(row).chars).stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
