package org.catseye.virtual.console;

import java.util.ArrayList;
import java.util.List;
import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.input.Keys;

/** The line at the shell's prompt: editing and history. Not thread-safe. */
public final class LineEditor {

    /** Longest line that can be typed: two rows of the screen. */
    static final int MAX_LENGTH = 200;
    private static final int MAX_HISTORY = 100;

    private final StringBuilder line = new StringBuilder();
    private final List<String> history = new ArrayList<>();
    /** Index in the history; its size stands for the new line. */
    private int at;
    private int cursor;
    private String unfinished = "";

    /** Processes a key that moves the cursor or edits the line. @return false if the key has no function here */
    public boolean handleKey(KeyPress press) {
        if (press.isPrintable()) {
            insertCharacter(press.character());
            return true;
        }
        if (press.hasControl()) {
            return handleControlKey(press);
        }
        switch (press.usage()) {
            case Keys.LEFT -> cursor = Math.max(0, cursor - 1);
            case Keys.RIGHT -> cursor = Math.min(line.length(), cursor + 1);
            case Keys.HOME -> cursor = 0;
            case Keys.END -> cursor = line.length();
            case Keys.BACKSPACE -> deleteCharacter(cursor - 1);
            case Keys.DELETE -> deleteCharacter(cursor);
            case Keys.UP -> recallHistory(at - 1);
            case Keys.DOWN -> recallHistory(at + 1);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean handleControlKey(KeyPress press) {
        if (press.isControlLetter('a')) {
            cursor = 0;
        } else if (press.isControlLetter('e')) {
            cursor = line.length();
        } else if (press.isControlLetter('u')) {
            line.delete(0, cursor);
            cursor = 0;
        } else if (press.isControlLetter('k')) {
            line.setLength(cursor);
        } else {
            return false;
        }
        return true;
    }

    private void insertCharacter(char c) {
        if (line.length() < MAX_LENGTH) {
            line.insert(cursor++, c);
        }
    }

    private void deleteCharacter(int index) {
        if (index >= 0 && index < line.length()) {
            line.deleteCharAt(index);
            cursor = index;
        }
    }

    private void recallHistory(int place) {
        if (place < 0 || place > history.size()) {
            return;
        }
        if (at == history.size()) {
            unfinished = line.toString();
        }
        at = place;
        replaceLine(place == history.size() ? unfinished : history.get(place));
    }

    private void replaceLine(String text) {
        line.setLength(0);
        line.append(text);
        cursor = line.length();
    }

    /** Replaces the text between {@code from} and the cursor. */
    void completeWord(int from, String text) {
        if (line.length() - (cursor - from) + text.length() <= MAX_LENGTH) {
            line.replace(from, cursor, text);
            cursor = from + text.length();
        }
    }

    /** Finishes the line, adds it to the history and starts an empty one. @return the finished line */
    public String finishLine() {
        String done = line.toString();
        if (!done.isBlank() && (history.isEmpty() || !history.get(history.size() - 1).equals(done))) {
            history.add(done);
            if (history.size() > MAX_HISTORY) {
                history.remove(0);
            }
        }
        discardLine();
        return done;
    }

    /** Clears the line. */
    public void discardLine() {
        replaceLine("");
        unfinished = "";
        at = history.size();
    }

    public String lineText() {
        return line.toString();
    }

    public int cursorIndex() {
        return cursor;
    }

    public List<String> history() {
        return List.copyOf(history);
    }
}
