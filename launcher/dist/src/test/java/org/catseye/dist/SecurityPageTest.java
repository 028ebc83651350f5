package org.catseye.dist;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.Test;

/** What docs/security.md says to be shown by a test has to be. */
public class SecurityPageTest {

    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT)|[a-z-]+\\.test\\.mjs)`");
    private final Path root = Path.of("../..");

    @Test
    public void everyTestThatItNamesIsThere() throws Exception {
        Set<String> named = new TreeSet<>();
        Matcher names = TEST.matcher(Files.readString(root.resolve("docs/security.md")));
        while (names.find()) {
            named.add(names.group(1));
        }
        assertTrue(named + " are named", named.size() > 15);
        named.removeAll(there("bundles"));
        named.removeAll(there("launcher"));
        named.removeAll(there("web-ui/e2e"));
        assertEquals("not there", Set.of(), named);
    }

    private Set<String> there(String folder) throws Exception {
        try (var files = Files.walk(root.resolve(folder))) {
            return files.map(file -> file.getFileName().toString().replaceAll("\\.java$", "")).collect(Collectors.toSet());
        }
    }
}
