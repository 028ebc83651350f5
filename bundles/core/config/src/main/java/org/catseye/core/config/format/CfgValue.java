package org.catseye.core.config.format;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One value of a {@code .cfg} line. A value is plain text to the end of the line. It is in double quotes where plain text would lose
 * something: blanks at an end, a line break, a leading bracket. Several values are a list, {@code ["a", "b"]}. Types are not kept; the
 * component that reads a value converts it.
 */
final class CfgValue {
    private final String text;
    private int position;

    private CfgValue(String text) {
        this.text = text;
    }

    /**
     * A String, or a String[] for a list.
     *
     * @throws IllegalArgumentException with a message that names the remedy
     */
    static Object decodeText(String text) {
        if (text.startsWith("\"") || text.startsWith("[")) {
            CfgValue value = new CfgValue(text);
            Object decoded = text.startsWith("[") ? value.readList() : value.readQuoted();
            if (value.position < text.length()) {
                throw new IllegalArgumentException("there is more text after the closing " + text.charAt(value.position - 1));
            }
            return decoded;
        }
        return text;
    }

    static String encodeValue(Object value) {
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

    private String[] readList() {
        List<String> items = new ArrayList<>();
        position++;
        skipBlanks();
        while (currentChar() != ']') {
            items.add(currentChar() == '"' ? readQuoted() : readBare());
            skipBlanks();
            if (currentChar() == ',') {
                position++;
                skipBlanks();
            } else if (currentChar() != ']') {
                throw new IllegalArgumentException("a list needs a comma between values and ] at its end, as in [\"a\", \"b\"]");
            }
        }
        position++;
        return items.toArray(String[]::new);
    }

    /** A number or a word in a list: up to the comma or bracket. */
    private String readBare() {
        int start = position;
        while (position < text.length() && ",]".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String word = text.substring(start, position).strip();
        if (word.isEmpty()) {
            throw new IllegalArgumentException("a value is missing in the list");
        }
        return word;
    }

    private String readQuoted() {
        StringBuilder plain = new StringBuilder();
        position++;
        while (currentChar() != '"') {
            char c = text.charAt(position++);
            plain.append(c == '\\' ? readEscaped() : c);
        }
        position++;
        return plain.toString();
    }

    private char readEscaped() {
        char c = currentChar();
        position++;
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '\\', '/' -> c;
            case 'u' -> readUnicode();
            default -> throw new IllegalArgumentException("\\" + c + " has no meaning in quotes; write \\\\ for a backslash");
        };
    }

    private char readUnicode() {
        if (position + 4 > text.length() || !text.substring(position, position + 4).matches("[0-9a-fA-F]{4}")) {
            throw new IllegalArgumentException("\\u needs four hexadecimal digits");
        }
        position += 4;
        return (char) Integer.parseInt(text.substring(position - 4, position), 16);
    }

    private void skipBlanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private char currentChar() {
        if (position >= text.length()) {
            throw new IllegalArgumentException("the closing " + (text.startsWith("[") ? "]" : "\"") + " is missing");
        }
        return text.charAt(position);
    }
}
