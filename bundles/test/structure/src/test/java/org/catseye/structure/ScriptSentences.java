package org.catseye.structure;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds comparisons with sentences in the page's scripts: {@code ===} and its relatives, calls such as {@code includes}, labels of a switch. */
final class ScriptSentences {

    /** A string on one line. Possessive, because a long template would otherwise exhaust the matcher's stack. */
    private static final String QUOTED = "('(?:[^'\\\\\n]|\\\\.)*+'|\"(?:[^\"\\\\\n]|\\\\.)*+\"|`(?:[^`\\\\\n]|\\\\.)*+`)";
    private static final List<Pattern> COMPARISONS = Stream.of("[!=]==?\\s*" + QUOTED, QUOTED + "\\s*[!=]==?",
            "\\.(?:includes|startsWith|endsWith|indexOf|localeCompare)\\(\\s*" + QUOTED, "\\bcase\\s+" + QUOTED).map(Pattern::compile).toList();

    private ScriptSentences() {
    }

    static List<String> findComparisons(String script) {
        return COMPARISONS.stream().flatMap(comparison -> comparison.matcher(script).results()).map(result -> result.group(1))
                .map(quoted -> quoted.substring(1, quoted.length() - 1)).filter(SentenceComparison::isSentence).toList();
    }
}
