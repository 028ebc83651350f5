package org.catseye.structure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Passages that stand in two places. Lines are compared without white space, comments, imports, annotations and lines that hold only brackets.
 * Near-duplicates are compared with names and literals replaced by placeholders.
 */
final class Duplicates {

    /** A passage of fewer equal lines says nothing. */
    static final int MIN_LINES = 6;
    private static final Pattern IGNORED = Pattern.compile("\\s*(//.*|/?\\*.*|import .*|package .*|@\\w+\\s*|[\\s{}();]*|\\}? ?else \\{)");
    private static final Pattern STRING = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"|'(\\\\.|[^'\\\\])*'");
    private static final Pattern NUMBER = Pattern.compile("\\b\\d[\\w.]*");
    private static final Pattern NAME = Pattern.compile("\\b(?!(?:if|else|for|while|do|switch|case|try|catch|finally|return|throw|new|final|static"
            + "|private|public|protected|void|int|long|byte|boolean|double|float|char|short|this|super|null|true|false|instanceof|synchronized"
            + "|class|record|interface|enum|extends|implements|throws|default|break|continue|var|yield)\\b)[A-Za-z_]\\w*");

    private record Line(String text, int number) {
    }

    private record Place(int file, int line) {
    }

    private final List<SourceFile> files;
    private final List<List<Line>> texts = new ArrayList<>();

    private Duplicates(List<SourceFile> files, boolean exact) {
        this.files = files;
        files.forEach(file -> texts.add(normalizeLines(file, exact)));
    }

    /** Passages whose lines are the same, letter by letter; each pair of places counts once, as {@code file:line = file:line (n lines)}. */
    static List<String> findIdentical(List<SourceFile> files) {
        return new Duplicates(files, true).findPairs();
    }

    /** Passages with the same shape, whatever their names and literals are. */
    static List<String> findSimilar(List<SourceFile> files) {
        return new Duplicates(files, false).findPairs();
    }

    private static List<Line> normalizeLines(SourceFile file, boolean exact) {
        List<Line> lines = new ArrayList<>();
        for (int number = 1; number <= file.lines().size(); number++) {
            String text = file.lines().get(number - 1);
            if (IGNORED.matcher(text).matches()) {
                continue;
            }
            String code = text.strip().replaceAll("\\s+", " ");
            lines.add(new Line(exact ? code : replaceNames(code), number));
        }
        return lines;
    }

    private static String replaceNames(String code) {
        return NAME.matcher(NUMBER.matcher(STRING.matcher(code).replaceAll("0")).replaceAll("0")).replaceAll("x");
    }

    private List<String> findPairs() {
        Map<String, List<Place>> windows = new HashMap<>();
        for (int file = 0; file < texts.size(); file++) {
            for (int line = 0; line + MIN_LINES <= texts.get(file).size(); line++) {
                windows.computeIfAbsent(joinWindow(file, line), key -> new ArrayList<>()).add(new Place(file, line));
            }
        }
        Set<List<Place>> equal = new HashSet<>();
        for (List<Place> places : windows.values()) {
            for (int first = 0; first < places.size(); first++) {
                for (int second = first + 1; second < places.size(); second++) {
                    equal.add(List.of(places.get(first), places.get(second)));
                }
            }
        }
        return equal.stream().filter(pair -> !equal.contains(shift(pair, -1)) && !overlaps(pair)).map(pair -> describePair(pair, equal)).sorted().toList();
    }

    private String joinWindow(int file, int line) {
        StringBuilder window = new StringBuilder();
        texts.get(file).subList(line, line + MIN_LINES).forEach(each -> window.append(each.text()).append('\n'));
        return window.toString();
    }

    private static List<Place> shift(List<Place> pair, int lines) {
        return pair.stream().map(place -> new Place(place.file(), place.line() + lines)).toList();
    }

    /** A run of alike lines (constants, cases) is no copy of itself one line further down. */
    private static boolean overlaps(List<Place> pair) {
        return pair.get(0).file() == pair.get(1).file() && Math.abs(pair.get(0).line() - pair.get(1).line()) < MIN_LINES;
    }

    private String describePair(List<Place> pair, Set<List<Place>> equal) {
        int length = MIN_LINES;
        while (equal.contains(shift(pair, length - MIN_LINES + 1))) {
            length++;
        }
        return describePlace(pair.get(0)) + " = " + describePlace(pair.get(1)) + " (" + length + " lines)";
    }

    private String describePlace(Place place) {
        return files.get(place.file()).path() + ":" + texts.get(place.file()).get(place.line()).number();
    }
}
