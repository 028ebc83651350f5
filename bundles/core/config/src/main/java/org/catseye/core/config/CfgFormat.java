package org.catseye.core.config;

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

/** {@code key = value} lines, {@code #} at the start of a line for comments. A rewrite touches only the lines whose value changed. */
final class CfgFormat implements Format {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern EXAMPLE = Pattern.compile("\\s*+#\\s*+([A-Za-z0-9._-]++)\\s*+=.*");
    private static final String BOM = "\uFEFF";

    /** A line {@code key = value}. Taken apart in one go: a line may be as long as a file, and full of blanks. */
    private record Entry(String key, String value) {
        static Optional<Entry> of(String line) {
            int equals = line.indexOf('=');
            String key = equals < 0 ? "" : line.substring(0, equals).strip();
            return key.isEmpty() || key.startsWith("#") ? Optional.empty() : Optional.of(new Entry(key, line.substring(equals + 1).strip()));
        }
    }

    @Override
    public Map<String, Object> parse(String text) throws BrokenFileException {
        Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Map<String, Integer> lines = new HashMap<>();
        int number = 0;
        for (String line : lines(text)) {
            number++;
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            Entry entry = entry(line, number);
            String key = entry.key();
            Integer first = lines.putIfAbsent(key.toLowerCase(Locale.ROOT), number);
            if (first != null) {
                throw new BrokenFileException(number, "'" + key + "' is already set in line " + first + "; keep one of them");
            }
            values.put(key, decode(entry, number));
        }
        return values;
    }

    @Override
    public void check(Set<String> keys) throws IOException {
        for (String key : keys) {
            if (!KEY.matcher(key).matches()) {
                throw new IOException("a key has letters, digits, '.', '_' and '-' only; '" + key.replaceAll("\\p{Cntrl}+", " ") + "' has something else");
            }
        }
    }

    @Override
    public String rewrite(String oldText, Map<String, Object> values) {
        String eol = oldText.contains("\r\n") ? "\r\n" : "\n";
        List<String> lines = new ArrayList<>(lines(oldText));
        Set<String> open = new LinkedHashSet<>(values.keySet());
        for (int i = 0; i < lines.size(); i++) {
            Optional<Entry> found = Entry.of(lines.get(i));
            if (found.isEmpty()) {
                continue;
            }
            Entry entry = found.get();
            Object value = values.get(entry.key());
            if (value == null) {
                lines.remove(i--);
            } else {
                open.removeIf(entry.key()::equalsIgnoreCase);
                if (!encode(value).equals(normal(entry.value()))) {
                    lines.set(i, entry.key() + " = " + encode(value));
                }
            }
        }
        open.forEach(key -> lines.add(place(lines, key), key + " = " + encode(values.get(key))));
        String text = String.join(eol, lines) + (lines.isEmpty() ? "" : eol);
        return oldText.startsWith(BOM) ? BOM + text : text;
    }

    @Override
    public String encode(Object value) {
        return CfgValue.encode(value);
    }

    /** A new value goes below the comment that shows it as an example, else to the end. */
    private static int place(List<String> lines, String key) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            Matcher example = EXAMPLE.matcher(lines.get(i));
            if (example.matches() && example.group(1).equalsIgnoreCase(key)) {
                return i + 1;
            }
        }
        return lines.size();
    }

    private static List<String> lines(String text) {
        String plain = text.startsWith(BOM) ? text.substring(1) : text;
        return plain.isEmpty() ? List.of() : List.of(plain.replaceFirst("\\r?\\n\\z", "").split("\\r?\\n", -1));
    }

    /** The value as this class would write it, so that a line is left as it is when only its spelling differs. */
    private static String normal(String written) {
        try {
            return CfgValue.encode(CfgValue.decode(written));
        } catch (IllegalArgumentException broken) {
            return written;
        }
    }

    private static Entry entry(String line, int number) throws BrokenFileException {
        // The first word only: what follows may be a secret.
        Entry entry = Entry.of(line).orElseThrow(() -> new BrokenFileException(number, "there is no '=' after '" + line.strip().split("[\\s:]", 2)[0]
                + "'; write key = value, or put # before a comment"));
        if (!KEY.matcher(entry.key()).matches()) {
            throw new BrokenFileException(number, "a key has letters, digits, '.', '_' and '-' only; '"
                    + entry.key().split("\\s", 2)[0] + "...' has something else before the '='");
        }
        return entry;
    }

    private static Object decode(Entry entry, int number) throws BrokenFileException {
        try {
            return CfgValue.decode(entry.value());
        } catch (IllegalArgumentException e) {
            throw new BrokenFileException(number, "the value of '" + entry.key() + "' is not complete: " + e.getMessage());
        }
    }
}
