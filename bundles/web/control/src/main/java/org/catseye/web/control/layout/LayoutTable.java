package org.catseye.web.control.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The keys of one layout, as they are in the file, and the strokes that follow from them. */
final class LayoutTable {

    /** Keys that not every keyboard has, the most reliable first. They are used for what no other key types with the same or no AltGr. */
    private static final List<String> NATIONAL_KEYS = List.of("IntlBackslash", "IntlRo", "IntlYen");
    private static final List<String> LEVELS = List.of("plain", "shift", "altGr", "shiftAltGr");
    private static final KeyStroke SPACE = KeyStroke.ofKey("Space");
    /** With Space, Linux shows straight quotes for these dead keys, and Windows the accents. */
    private static final Map<String, String> ACCENTS = Map.of("dead_acute", "'´", "dead_diaeresis", "\"¨");

    private final LayoutName name;
    private final String thirdLevelKey;
    private final List<String> codes;
    private final List<List<String>> cells = new ArrayList<>(List.of(List.of(), List.of(), List.of(), List.of()));

    LayoutTable(LayoutName name, String thirdLevelKey, List<String> codes) {
        this.name = name;
        this.thirdLevelKey = thirdLevelKey;
        this.codes = codes;
    }

    /** @param row the characters, names of dead keys, and empty texts, in the order of the codes */
    void setLevel(String level, List<String> row) {
        cells.set(LEVELS.indexOf(level), row);
    }

    /** @param everywhere by name of a dead key: pairs of a character and what the dead key and it show, on every system; {@code linux}: elsewhere than on Windows */
    KeyboardLayout toLayout(Map<String, String> everywhere, Map<String, String> linux) {
        Map<Integer, List<KeyStroke>> strokes = new LinkedHashMap<>();
        strokes.put((int) '\n', List.of(KeyStroke.ofKey("Enter")));
        strokes.put((int) '\t', List.of(KeyStroke.ofKey("Tab")));
        Map<String, KeyStroke> dead = new LinkedHashMap<>();
        forEachCell((text, stroke) -> {
            if (text.startsWith("dead_")) {
                dead.putIfAbsent(text, stroke);
            } else {
                strokes.putIfAbsent(text.codePointAt(0), List.of(stroke));
            }
        });
        // Characters that have a key of their own need no dead key; and a dead key needs a character with a single stroke.
        Map<Integer, KeyStroke> bases = new HashMap<>();
        strokes.forEach((character, typed) -> bases.put(character, typed.get(0)));
        StringBuilder onlyOnWindows = new StringBuilder();
        dead.forEach((key, stroke) -> addAccent(strokes, key, stroke, onlyOnWindows));
        dead.forEach((key, stroke) -> compose(strokes, bases, stroke, everywhere.getOrDefault(key, ""), new StringBuilder()));
        StringBuilder onlyOnLinux = new StringBuilder();
        if (!name.windows()) {
            dead.forEach((key, stroke) -> compose(strokes, bases, stroke, linux.getOrDefault(key, ""), onlyOnLinux));
        }
        return new KeyboardLayout(name, strokes, name.windows() ? "" : onlyOnWindows.toString(), onlyOnLinux.toString());
    }

    /** The simplest ways first. */
    private void forEachCell(BiConsumer<String, KeyStroke> action) {
        for (int altGr = 0; altGr <= 2; altGr += 2) {
            for (int key = -1; key < NATIONAL_KEYS.size(); key++) {
                forEachCell(altGr, key < 0 ? Set.of() : Set.of(NATIONAL_KEYS.get(key)), action);
                forEachCell(altGr + 1, key < 0 ? Set.of() : Set.of(NATIONAL_KEYS.get(key)), action);
            }
        }
    }

    /** @param national only these keys; empty for all that every keyboard has */
    private void forEachCell(int level, Set<String> national, BiConsumer<String, KeyStroke> action) {
        List<String> row = cells.get(level);
        for (int i = 0; i < row.size(); i++) {
            String code = codes.get(i);
            if (!row.get(i).isEmpty() && (national.isEmpty() ? !NATIONAL_KEYS.contains(code) : national.contains(code))) {
                List<String> modifiers = new ArrayList<>();
                if (level % 2 == 1) {
                    modifiers.add(KeyStroke.SHIFT);
                }
                if (level > 1) {
                    modifiers.add(thirdLevelKey);
                }
                action.accept(row.get(i), new KeyStroke(code, modifiers));
            }
        }
    }

    /** The accent alone, where its dead key isn't the way to a straight quote. */
    private void addAccent(Map<Integer, List<KeyStroke>> strokes, String key, KeyStroke stroke, StringBuilder onlyOnWindows) {
        String signs = ACCENTS.getOrDefault(key, "");
        if (!signs.isEmpty() && strokes.containsKey((int) signs.charAt(0)) && List.of(SPACE).equals(strokes.get((int) ' '))
                && strokes.putIfAbsent((int) signs.charAt(1), List.of(stroke, SPACE)) == null) {
            onlyOnWindows.append(signs.charAt(1));
        }
    }

    private static void compose(Map<Integer, List<KeyStroke>> strokes, Map<Integer, KeyStroke> bases, KeyStroke dead, String pairs, StringBuilder added) {
        int[] characters = pairs.codePoints().toArray();
        for (int i = 0; i < characters.length; i += 2) {
            KeyStroke base = bases.get(characters[i]);
            if (base != null && strokes.putIfAbsent(characters[i + 1], List.of(dead, base)) == null) {
                added.appendCodePoint(characters[i + 1]);
            }
        }
    }
}
