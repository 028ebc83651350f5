package org.catseye.core.config;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One value of a {@code .cfg} line. Plain text to the end of the line; in double quotes where plain text would lose something (blanks at
 * an end, a line break, a leading bracket); several values as {@code ["a", "b"]}. Types are not kept: the component that reads a value
 * says what it is.
 */
final class CfgValue {
    private final String text;
    private int at;

    private CfgValue(String text) {
        this.text = text;
    }

    /** A String, or a String[] for a list. Throws IllegalArgumentException with a sentence a technician can act on. */
    static Object decode(String text) {
        if (text.startsWith("\"") || text.startsWith("[")) {
            CfgValue value = new CfgValue(text);
            Object decoded = text.startsWith("[") ? value.list() : value.quoted();
            if (value.at < text.length()) {
                throw new IllegalArgumentException("there is more text after the closing " + text.charAt(value.at - 1));
            }
            return decoded;
        }
        return text;
    }

    static String encode(Object value) {
        if (value.getClass().isArray()) {
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                items.add(Array.get(value, i));
            }
            return encodeList(items);
        }
        return value instanceof Collection<?> items ? encodeList(items) : encodePlain(value.toString());
    }

    private static String encodeList(Collection<?> items) {
        return items.stream().map(item -> quote(item.toString())).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String encodePlain(String text) {
        boolean plain = text.equals(text.strip()) && !text.startsWith("\"") && !text.startsWith("[")
                && text.chars().noneMatch(Character::isISOControl);
        return plain ? text : quote(text);
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    private String[] list() {
        List<String> items = new ArrayList<>();
        at++;
        blanks();
        while (peek() != ']') {
            items.add(peek() == '"' ? quoted() : bare());
            blanks();
            if (peek() == ',') {
                at++;
                blanks();
            } else if (peek() != ']') {
                throw new IllegalArgumentException("a list needs a comma between values and ] at its end, as in [\"a\", \"b\"]");
            }
        }
        at++;
        return items.toArray(String[]::new);
    }

    /** A number or a word in a list: up to the comma or bracket. */
    private String bare() {
        int start = at;
        while (at < text.length() && ",]".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at).strip();
        if (word.isEmpty()) {
            throw new IllegalArgumentException("a value is missing in the list");
        }
        return word;
    }

    private String quoted() {
        StringBuilder plain = new StringBuilder();
        at++;
        while (peek() != '"') {
            char c = text.charAt(at++);
            plain.append(c == '\\' ? escaped() : c);
        }
        at++;
        return plain.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '\\', '/' -> c;
            case 'u' -> unicode();
            default -> throw new IllegalArgumentException("\\" + c + " means nothing in quotes; write \\\\ for a backslash");
        };
    }

    private char unicode() {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            throw new IllegalArgumentException("\\u needs four hexadecimal digits");
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("the closing " + (text.startsWith("[") ? "]" : "\"") + " is missing");
        }
        return text.charAt(at);
    }
}
