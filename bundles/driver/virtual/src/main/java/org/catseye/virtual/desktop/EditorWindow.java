package org.catseye.virtual.desktop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;

/** A text editor. */
final class EditorWindow extends Window {

    private static final int MARGIN = 10;
    private static final int MAX_LINES = 500;
    private static final int MAX_LENGTH = 500;

    private final List<StringBuilder> lines = new ArrayList<>();
    private final BooleanSupplier blink;
    private int row;
    private int column;
    private int firstRow;
    private int firstColumn;
    /** Size of a letter as painted last, to know where a click goes. */
    private int cellWidth = 12;
    private int cellHeight = 24;

    /** @param blink whether the caret is in its visible half second */
    EditorWindow(int x, int y, int width, int height, BooleanSupplier blink) {
        super("Text editor", x, y, width, height);
        this.blink = blink;
        lines.add(new StringBuilder());
    }

    @Override
    void handleKey(KeyPress press) {
        if (press.isPrintable()) {
            insertCharacter(press.character());
        } else if (!press.hasControl() && !press.hasAlt()) {
            handleEditKey(press.usage());
        }
        scrollToCaret();
    }

    private void insertCharacter(char c) {
        if (lines.get(row).length() < MAX_LENGTH) {
            lines.get(row).insert(column++, c);
        }
    }

    private void handleEditKey(int usage) {
        switch (usage) {
            case Keys.ENTER, Keys.KEYPAD_ENTER -> splitLine();
            case Keys.TAB -> "    ".chars().forEach(c -> insertCharacter((char) c));
            case Keys.BACKSPACE -> {
                if (row > 0 || column > 0) {
                    moveCaret(-1);
                    deleteCharacter();
                }
            }
            case Keys.DELETE -> deleteCharacter();
            case Keys.LEFT -> moveCaret(-1);
            case Keys.RIGHT -> moveCaret(1);
            case Keys.UP -> placeCaret(row - 1, column);
            case Keys.DOWN -> placeCaret(row + 1, column);
            case Keys.PAGE_UP -> placeCaret(row - visibleRows(), column);
            case Keys.PAGE_DOWN -> placeCaret(row + visibleRows(), column);
            case Keys.HOME -> column = 0;
            case Keys.END -> column = lines.get(row).length();
            default -> { }
        }
    }

    private void splitLine() {
        if (lines.size() < MAX_LINES) {
            StringBuilder line = lines.get(row);
            lines.add(++row, new StringBuilder(line.substring(column)));
            line.setLength(column);
            column = 0;
        }
    }

    private void deleteCharacter() {
        StringBuilder line = lines.get(row);
        if (column < line.length()) {
            line.deleteCharAt(column);
        } else if (row + 1 < lines.size()) {
            line.append(lines.remove(row + 1));
        }
    }

    private void moveCaret(int by) {
        if (by < 0 && column == 0 && row > 0) {
            placeCaret(row - 1, Integer.MAX_VALUE);
        } else if (by > 0 && column == lines.get(row).length() && row + 1 < lines.size()) {
            placeCaret(row + 1, 0);
        } else {
            placeCaret(row, column + by);
        }
    }

    private void placeCaret(int toRow, int toColumn) {
        row = Math.max(0, Math.min(lines.size() - 1, toRow));
        column = Math.max(0, Math.min(lines.get(row).length(), toColumn));
    }

    private int visibleRows() {
        return Math.max(1, (height() - 2 * MARGIN) / cellHeight);
    }

    private void scrollToCaret() {
        int columns = Math.max(1, (width() - 2 * MARGIN) / cellWidth - 1);
        firstRow = Math.max(row - visibleRows() + 1, Math.min(firstRow, row));
        firstColumn = Math.max(column - columns, Math.min(firstColumn, column));
    }

    @Override
    void pressButton(int px, int py, int button, long now) {
        placeCaret(firstRow + (py - MARGIN) / cellHeight, firstColumn + Math.round((px - MARGIN) / (float) cellWidth));
    }

    @Override
    void handleWheel(int wheel, int pan) {
        firstRow = Math.max(0, Math.min(lines.size() - 1, firstRow - wheel));
    }

    @Override
    void paintContent(Canvas canvas, Look look, int left, int top, boolean active) {
        cellWidth = look.consoleFont().textWidth("M");
        cellHeight = look.cellHeight();
        canvas.fillRectangle(left, top, width(), height(), 0xffffff);
        for (int i = firstRow; i < Math.min(lines.size(), firstRow + visibleRows() + 1); i++) {
            StringBuilder line = lines.get(i);
            String text = line.substring(Math.min(firstColumn, line.length()));
            look.consoleFont().drawText(canvas, left + MARGIN, top + MARGIN + (i - firstRow) * cellHeight, text, Palette.INK);
        }
        if (active && blink.getAsBoolean()) {
            canvas.fillRectangle(left + MARGIN + (column - firstColumn) * cellWidth, top + MARGIN + (row - firstRow) * cellHeight + 2, 2,
                cellHeight - 4, Palette.TITLE_ACTIVE);
        }
    }

    @Override
    String currentLine() {
        return lines.get(row).toString();
    }

    /** All lines, for tests. */
    String editorText() {
        return String.join("\n", lines);
    }
}
