package org.catseye.web.console.guard.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the end of a single literal value: JSON (RFC 8259), also with single quotes and a comma after the last member, as on the
 * memory usage page. Inside a script, such a value is only data and calls nothing.
 */
final class DataLiteral {

    private static final int MAX_DEPTH = 64;
    private static final Pattern SPACE = Pattern.compile("[ \\t\\n\\r]*+");
    private static final Pattern SCALAR = Pattern.compile("true|false|null|-?(?:0|[1-9]\\d*+)(?:\\.\\d++)?(?:[eE][+-]?\\d++)?");

    private final String text;
    private final Matcher space;
    private final Matcher scalar;

    DataLiteral(String text) {
        this.text = text;
        space = SPACE.matcher(text);
        scalar = SCALAR.matcher(text);
    }

    /** @return the index after the value that starts at {@code from}; negative if it has no end */
    int end(int from) {
        return value(from, 0);
    }

    private int value(int from, int depth) {
        char first = at(from);
        if (depth > MAX_DEPTH) {
            return -1;
        }
        return switch (first) {
            case '"', '\'' -> string(from);
            case '[' -> members(from, ']', depth);
            case '{' -> members(from, '}', depth);
            default -> scalar.region(from, text.length()).lookingAt() ? scalar.end() : -1;
        };
    }

    private int members(int from, char last, int depth) {
        int at = skip(from + 1);
        while (at >= 0) {
            if (at(at) == last) {
                return at + 1;
            }
            at = last == '}' ? name(at) : at;
            at = at < 0 ? at : value(at, depth + 1);
            at = at < 0 ? at : skip(at);
            if (at >= 0 && at(at) != last) {
                at = at(at) == ',' ? skip(at + 1) : -1;
            }
        }
        return -1;
    }

    /** Skips a key and its colon, up to the value. */
    private int name(int from) {
        int at = at(from) == '"' || at(from) == '\'' ? string(from) : -1;
        at = at < 0 ? at : skip(at);
        return at >= 0 && at(at) == ':' ? skip(at + 1) : -1;
    }

    private int string(int from) {
        for (int at = from + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == text.charAt(from)) {
                return at + 1;
            }
            if (c < ' ') {
                return -1;
            }
            at += c == '\\' ? 1 : 0;
        }
        return -1;
    }

    private int skip(int from) {
        return space.region(from, text.length()).lookingAt() ? space.end() : from;
    }

    private char at(int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : 0;
    }
}
