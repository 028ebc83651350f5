package org.catseye.structure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One page of the documentation, as far as DocsTest checks it. Code blocks are left out of everything. */
final class MarkdownPage {

    private static final Pattern FENCE = Pattern.compile(" *(```|~~~).*");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?) *#*");
    private static final Pattern CODE_SPAN = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)(?: +\"[^\"]*\")?\\)|(?m)^ *\\[[^\\]\n]+]: +(\\S+)");
    private static final Pattern LINK_TEXT = Pattern.compile("\\[([^\\]]*)]\\([^)]*\\)");
    private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

    private final Path file;
    /** By line number, from 1. */
    private final Map<Integer, String> textLines;

    private MarkdownPage(Path file, Map<Integer, String> textLines) {
        this.file = file;
        this.textLines = textLines;
    }

    static MarkdownPage readFile(Path file) throws IOException {
        Map<Integer, String> text = new HashMap<>();
        boolean inCode = false;
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            boolean isFence = FENCE.matcher(line).matches();
            if (!isFence && !inCode) {
                text.put(number, line);
            }
            inCode ^= isFence;
        }
        return new MarkdownPage(file, text);
    }

    /** The numbers of the lines with more characters than that, tables left out. */
    List<Integer> findLongLines(int maxChars) {
        return textLines.entrySet().stream().filter(line -> !line.getValue().startsWith("|"))
                .filter(line -> line.getValue().codePointCount(0, line.getValue().length()) > maxChars).map(Map.Entry::getKey).sorted().toList();
    }

    /** The links to files that do not exist, and to headings that their page does not have. Addresses of other servers are not checked. */
    List<String> findBrokenLinks() throws IOException {
        List<String> broken = new ArrayList<>();
        for (String address : findLocalLinks()) {
            if (!exists(address)) {
                broken.add(address);
            }
        }
        return broken;
    }

    /** The files with that ending, such as {@code .svg}, that the page links to or shows. They need not exist. */
    List<Path> findLinkedFiles(String ending) {
        return findLocalLinks().stream().filter(address -> address.endsWith(ending)).map(address -> file.resolveSibling(address).normalize()).toList();
    }

    /** The links that are not addresses of other servers. */
    private List<String> findLocalLinks() {
        String text = CODE_SPAN.matcher(joinText()).replaceAll("");
        return LINK.matcher(text).results().map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                .filter(address -> !address.matches("[a-z]+:.*")).toList();
    }

    private boolean exists(String address) throws IOException {
        int hash = address.indexOf('#');
        String path = hash < 0 ? address : address.substring(0, hash);
        Path linked = path.isEmpty() ? file : file.resolveSibling(path);
        if (!Files.exists(linked)) {
            return false;
        }
        return hash < 0 || readFile(linked).findAnchors().contains(address.substring(hash + 1));
    }

    /** The ids of the headings as GitHub makes them, and those that the page sets itself. */
    private Set<String> findAnchors() {
        Set<String> anchors = new TreeSet<>();
        for (String line : joinText().split("\n")) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String id = toAnchor(heading.group(1));
                for (int repetition = 0; !anchors.add(repetition == 0 ? id : id + "-" + repetition); repetition++) {
                    continue;
                }
            }
            ANCHOR.matcher(line).results().forEach(own -> anchors.add(own.group(1)));
        }
        return anchors;
    }

    private static String toAnchor(String heading) {
        String text = LINK_TEXT.matcher(heading).replaceAll("$1");
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
    }

    private String joinText() {
        return String.join("\n", textLines.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue).toList());
    }
}
