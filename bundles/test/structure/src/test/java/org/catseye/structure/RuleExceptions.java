package org.catseye.structure;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The lists of places that may break a rule. A place that is listed without need fails the test as well, so a list cannot become stale. */
final class RuleExceptions {

    private RuleExceptions() {
    }

    /** Compares with the lines of exceptions.txt that start with the rule's name. */
    static void assertOnlyExceptions(String rule, Collection<String> found) throws IOException {
        assertOnlyExceptions(rule, found, List.of());
    }

    /** @param places where to look, for the message */
    static void assertOnlyExceptions(String rule, Collection<String> found, Collection<String> places) throws IOException {
        assertEquals("Left: the lines of exceptions.txt. Right: what breaks the rule now. A place only on the left keeps the rule: remove its line."
                + " A place only on the right breaks it and needs a fix. Places: " + places, joinLines(readExceptions(rule)), joinLines(found));
    }

    private static String joinLines(Collection<String> lines) {
        return String.join("\n", new TreeSet<>(lines));
    }

    /** The lines of a resource beside this class, without empty lines and comments. */
    static List<String> readLines(String resource) throws IOException {
        try (InputStream file = RuleExceptions.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        }
    }

    private static List<String> readExceptions(String rule) throws IOException {
        String start = rule + " ";
        return readLines("exceptions.txt").stream().filter(line -> line.startsWith(start)).map(line -> line.substring(start.length())).toList();
    }
}
