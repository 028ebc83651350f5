package org.catseye.structure;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** docs/architecture.md against the sources: the bundles of its map, and the classes that it names. */
public class ArchitecturePageTest {

    private static final Path ROOT = Path.of(System.getProperty("catseye.root"));
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]+`");
    private static final Pattern BUNDLE = Pattern.compile("(?m)^(bundles/[a-z0-9/-]+)");
    /** A type's name: upper case, with a lower-case second letter. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w/-])[A-Z][a-z]\\w*");
    private static final Pattern DECLARATION = Pattern.compile(
            "(?m)^ *(?:(?:public|protected|private|abstract|static|final|sealed|non-sealed) +)*(?:class|@?interface|record|enum) +(\\w+)");
    /** Words of the diagrams that name no type. */
    private static final Set<String> OTHER_WORDS = Set.of("Catseye", "Felix");

    @Test
    public void mapListsEachBundle() throws IOException {
        Set<String> mapped = findAll(BUNDLE, readCode()).map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(findBundles(), mapped);
    }

    @Test
    public void eachNamedClassExists() throws IOException {
        Set<String> named = findAll(NAME, readCode()).map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(named.toString(), named.containsAll(Set.of("TierTest", "CaptureDevice", "HidTransport", "BadValueException")));
        named.removeAll(OTHER_WORDS);
        named.removeAll(findDeclaredTypes());
        assertEquals("docs/architecture.md names classes that do not exist.", Set.of(), named);
    }

    /** What the page has in backticks and diagrams. */
    private static String readCode() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/architecture.md"));
        return findAll(CODE, page).map(MatchResult::group).collect(Collectors.joining("\n"));
    }

    private static Set<String> findBundles() throws IOException {
        try (Stream<Path> poms = Files.walk(ROOT.resolve("bundles"), 3)) {
            return poms.filter(file -> file.endsWith("pom.xml")).map(Path::getParent).filter(folder -> Files.isDirectory(folder.resolve("src")))
                    .map(folder -> ROOT.relativize(folder).toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> findDeclaredTypes() throws IOException {
        Set<String> types = new TreeSet<>();
        for (String top : Set.of("bundles", "launcher")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(top))) {
                for (Path file : files.filter(ArchitecturePageTest::isSource).toList()) {
                    findAll(DECLARATION, Files.readString(file)).forEach(match -> types.add(match.group(1)));
                }
            }
        }
        return types;
    }

    private static boolean isSource(Path file) {
        String name = file.toString();
        return name.endsWith(".java") && (name.contains("/src/main/java/") || name.contains("/src/test/java/"));
    }

    private static Stream<MatchResult> findAll(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results();
    }
}
