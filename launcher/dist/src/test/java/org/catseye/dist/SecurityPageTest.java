package org.catseye.dist;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.Test;

/** The tests that docs/security.md names as proof exist, it lists the actions of the audit log, and its lines stay short. */
public class SecurityPageTest {

    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT)|[a-z0-9-]+\\.test\\.m?js)`");
    /** A call that writes to the audit log, up to the end of the action. */
    private static final Pattern RECORD = Pattern.compile("\\b(?:record|recordChange)\\((?:by, )?([^,;]*\"[^,;]*),");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z][a-z.-]*)\"");
    private static final int MAX_LINE_CHARS = 139;
    private final Path root = Path.of("../..");

    @Test
    public void everyNamedTestExists() throws Exception {
        Set<String> named = new TreeSet<>();
        Matcher names = TEST.matcher(Files.readString(page()));
        while (names.find()) {
            named.add(names.group(1));
        }
        assertTrue(named + " are named", named.size() > 15);
        for (String folder : List.of("bundles", "launcher", "web-ui/test", "web-ui/browser-test", "web-ui/e2e")) {
            named.removeAll(findNames(folder));
        }
        assertEquals("missing tests", Set.of(), named);
    }

    @Test
    public void everyActionOfTheAuditLogIsListed() throws Exception {
        Set<String> recorded = new TreeSet<>();
        List<Path> sources;
        try (var files = Files.walk(root.resolve("bundles"))) {
            sources = files.filter(file -> file.toString().endsWith(".java") && file.toString().contains("src/main")).toList();
        }
        for (Path source : sources) {
            Matcher calls = RECORD.matcher(Files.readString(source));
            while (calls.find()) {
                LITERAL.matcher(calls.group(1)).results().map(literal -> literal.group(1)).forEach(recorded::add);
            }
        }
        assertTrue(recorded.toString(), recorded.size() > 20 && recorded.containsAll(List.of("login", "console.refused", "console.changed", "token.made")));
        String page = Files.readString(page());
        String list = page.substring(page.indexOf("The actions are:"), page.indexOf("A line about the web console"));
        assertEquals("actions that the page does not list", List.of(), recorded.stream().filter(action -> !list.contains("`" + action + "`")).toList());
    }

    @Test
    public void linesAreShort() throws Exception {
        List<String> lines = Files.readAllLines(page());
        assertEquals("long lines", List.of(), lines.stream().filter(line -> line.length() > MAX_LINE_CHARS).toList());
    }

    private Path page() {
        return root.resolve("docs/security.md");
    }

    private Set<String> findNames(String folder) throws Exception {
        try (var files = Files.walk(root.resolve(folder))) {
            return files.map(file -> file.getFileName().toString().replaceAll("\\.java$", "")).collect(Collectors.toSet());
        }
    }
}
