package org.catseye.core.config.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code key = value} lines; a {@code #} at the start of a line begins a comment. A rewrite changes only the lines whose value changed. */
final class CfgFormat implements FileFormat {
    private static final Pattern EXAMPLE = Pattern.compile("\\s*+#\\s*+([A-Za-z0-9._-]++)\\s*+=.*");
    /** Some editors end lines with a carriage return only. */
    private static final String LINE_END = "\\r\\n|\\r|\\n";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    @Override
    public Map<String, Object> parseText(String text) throws BrokenFileException {
        Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Map<String, Integer> lineNumbers = new HashMap<>();
        int number = 0;
        for (String line : splitLines(text)) {
            number++;
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            CfgLine entry = CfgLine.parseEntry(line, number);
            Integer first = lineNumbers.putIfAbsent(entry.key().toLowerCase(Locale.ROOT), number);
            if (first != null) {
                throw new BrokenFileException(number, "'" + entry.key() + "' is already set in line " + first + "; keep one of them");
            }
            values.put(entry.key(), entry.decodeValue(number));
        }
        return values;
    }

    @Override
    public void checkKeys(Set<String> keys) throws IOException {
        for (String key : keys) {
            if (!CfgLine.isValidKey(key)) {
                throw new IOException("a key has letters, digits, '.', '_' and '-' only; '"
                        + key.replaceAll("\\p{Cntrl}+", " ") + "' has something else");
            }
        }
    }

    @Override
    public String rewriteText(String oldText, Map<String, Object> values) {
        List<String> lines = new ArrayList<>(splitLines(oldText));
        Set<String> added = new LinkedHashSet<>(values.keySet());
        for (int i = 0; i < lines.size(); i++) {
            Optional<CfgLine> found = CfgLine.findEntry(lines.get(i));
            if (found.isEmpty()) {
                continue;
            }
            CfgLine entry = found.get();
            Object value = values.get(entry.key());
            if (value == null) {
                lines.remove(i--);
            } else {
                added.removeIf(entry.key()::equalsIgnoreCase);
                if (!encodeValue(value).equals(entry.normalizedValue())) {
                    lines.set(i, entry.key() + " = " + encodeValue(value));
                }
            }
        }
        added.forEach(key -> lines.add(findPlace(lines, key), key + " = " + encodeValue(values.get(key))));
        return joinLines(lines, oldText);
    }

    private static String joinLines(List<String> lines, String oldText) {
        String lineEnd = oldText.contains("\r\n") ? "\r\n" : oldText.contains("\r") && !oldText.contains("\n") ? "\r" : "\n";
        String text = String.join(lineEnd, lines) + (lines.isEmpty() ? "" : lineEnd);
        return oldText.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK + text : text;
    }

    @Override
    public String encodeValue(Object value) {
        return CfgValue.encodeValue(value);
    }

    /** A new value goes below the comment that shows it as an example, otherwise to the end. */
    private static int findPlace(List<String> lines, String key) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            Matcher example = EXAMPLE.matcher(lines.get(i));
            if (example.matches() && example.group(1).equalsIgnoreCase(key)) {
                return i + 1;
            }
        }
        return lines.size();
    }

    private static List<String> splitLines(String text) {
        String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        return plain.isEmpty() ? List.of() : List.of(plain.replaceFirst("(" + LINE_END + ")\\z", "").split(LINE_END, -1));
    }
}
