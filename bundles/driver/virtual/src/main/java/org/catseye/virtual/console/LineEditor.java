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
    /** Place in the history; its size is the new line. */
    private int at;
    private int cursor;
    private String unfinished = "";

    /** Takes a key that moves or edits. @return whether it meant something here */
    public boolean key(KeyPress press) {
        if (press.types()) {
            insert(press.character());
            return true;
        }
        if (press.ctrl()) {
            return control(press);
        }
        switch (press.usage()) {
            case Keys.LEFT -> cursor = Math.max(0, cursor - 1);
            case Keys.RIGHT -> cursor = Math.min(line.length(), cursor + 1);
            case Keys.HOME -> cursor = 0;
            case Keys.END -> cursor = line.length();
            case Keys.BACKSPACE -> delete(cursor - 1);
            case Keys.DELETE -> delete(cursor);
            case Keys.UP -> recall(at - 1);
            case Keys.DOWN -> recall(at + 1);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean control(KeyPress press) {
        if (press.control('a')) {
            cursor = 0;
        } else if (press.control('e')) {
            cursor = line.length();
        } else if (press.control('u')) {
            line.delete(0, cursor);
            cursor = 0;
        } else if (press.control('k')) {
            line.setLength(cursor);
        } else {
            return false;
        }
        return true;
    }

    private void insert(char c) {
        if (line.length() < MAX_LENGTH) {
            line.insert(cursor++, c);
        }
    }

    private void delete(int index) {
        if (index >= 0 && index < line.length()) {
            line.deleteCharAt(index);
            cursor = index;
        }
    }

    private void recall(int place) {
        if (place < 0 || place > history.size()) {
            return;
        }
        if (at == history.size()) {
            unfinished = line.toString();
        }
        at = place;
        set(place == history.size() ? unfinished : history.get(place));
    }

    private void set(String text) {
        line.setLength(0);
        line.append(text);
        cursor = line.length();
    }

    /** Replaces what is before the cursor from {@code from} on: completion. */
    void complete(int from, String text) {
        if (line.length() - (cursor - from) + text.length() <= MAX_LENGTH) {
            line.replace(from, cursor, text);
            cursor = from + text.length();
        }
    }

    /** Ends the line: gives it out, remembers it, begins an empty one. */
    public String enter() {
        String done = line.toString();
        if (!done.isBlank() && (history.isEmpty() || !history.get(history.size() - 1).equals(done))) {
            history.add(done);
            if (history.size() > MAX_HISTORY) {
                history.remove(0);
            }
        }
        discard();
        return done;
    }

    /** Forgets the line. */
    public void discard() {
        set("");
        unfinished = "";
        at = history.size();
    }

    public String text() {
        return line.toString();
    }

    public int cursor() {
        return cursor;
    }

    public List<String> history() {
        return List.copyOf(history);
    }
}
