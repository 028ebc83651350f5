package org.catseye.structure;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** No code decides by a sentence: sentences may be edited and translated at any time. States are types, errors have codes. */
public class SentencesTest {

    private static final Path ROOT = Path.of(System.getProperty("catseye.root")).toAbsolutePath().normalize();
    private static final List<String> SCRIPT_FOLDERS = List.of("public", "ui", "input", "video", "protocol");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void noJavaCodeComparesSentences() throws IOException {
        List<Path> files = new SourceTree(ROOT).findMainFiles();
        assertTrue(files.size() + " files", files.size() > 300);
        List<String> foreign = RuleExceptions.readLines("foreign-texts.txt");
        Set<String> foundForeign = new TreeSet<>();
        List<String> found = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (SentenceComparison comparison : new JavaSentences(ROOT).findComparisons(files)) {
            if (foreign.contains(comparison.text())) {
                foundForeign.add(comparison.text());
            } else {
                found.add(comparison.text());
                places.add(comparison.place());
            }
        }
        // Without the places, because files move.
        RuleExceptions.assertOnlyExceptions("sentence", found, places);
        assertEquals("Remove a text from foreign-texts.txt when no code compares it any more.", new TreeSet<>(foreign), foundForeign);
    }

    @Test
    public void noScriptOfThePageComparesSentences() throws IOException {
        List<String> found = new ArrayList<>();
        int scripts = 0;
        for (String name : SCRIPT_FOLDERS) {
            for (Path script : findScripts(ROOT.resolve("web-ui").resolve(name))) {
                scripts++;
                ScriptSentences.findComparisons(Files.readString(script)).forEach(text -> found.add(ROOT.relativize(script) + ": " + text));
            }
        }
        assertTrue(scripts + " scripts", scripts > 50);
        assertEquals("Compare a code or a state instead.", List.of(), found);
    }

    @Test
    public void everyKindOfJavaComparisonIsFound() throws IOException {
        List<String> found = findInJava("""
                class One {
                    static final String LIVE = "The picture " + "is live.";
                    boolean byMethod(String s) { return s.equals("is one") || "is two".equalsIgnoreCase(s) || s.contains("is three" + s); }
                    boolean byStart(String s) { return s.startsWith("is four") || java.util.Objects.equals(s, "is five") || s == "is six"; }
                    int bySwitch(String s) { return switch (s) { case "one", "is seven" -> 1; default -> 2; }; }
                    boolean byConstant(String s) { return LIVE.equals(s) || s.equals(One.LIVE); }
                    boolean bySet(String s) { return java.util.Objects.nonNull(s) && Set.of("one", "is eight").contains(s); }
                }
                """);
        assertEquals(List.of("is one", "is two", "is three", "is four", "is five", "is six", "is seven", "The picture is live.",
                "The picture is live.", "one\nis eight"), found);
    }

    @Test
    public void codesAndPlainUsesOfSentencesAreAllowed() throws IOException {
        assertEquals(List.of(), findInJava("""
                class One {
                    static final String LIVE = "The picture is live.";
                    String LOCAL = "Not a constant.";
                    boolean same(String s) { return s.equals("is_one") || s.startsWith("Bearer ") || s.equals(LOCAL) || s.contains(", "); }
                    void show() { System.out.println("The state is " + LIVE); }
                }
                """));
    }

    @Test
    public void everyKindOfScriptComparisonIsFound() {
        assertEquals(List.of("is one", "is two", "is three", "is four", "is five"), ScriptSentences.findComparisons("""
                if (reason === 'is one' || reason !== "is two" || `is three` == reason || reason.includes('is four')) {}
                switch (reason) { case 'is five': break; case 'live': break; }
                if (state === 'live' && key !== ' ') show('The picture is live.');
                """));
    }

    private List<String> findInJava(String text) throws IOException {
        Path root = folder.getRoot().toPath();
        Path file = Files.writeString(root.resolve("One.java"), text);
        return new JavaSentences(root).findComparisons(List.of(file)).stream().map(SentenceComparison::text).toList();
    }

    private static List<Path> findScripts(Path start) throws IOException {
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(file -> file.toString().endsWith(".js")).sorted().toList();
        }
    }
}
