package org.catseye.web.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** Checks the actual files that are packaged into the bundle. */
public class ShippedFilesTest {

    private static final Path ROOT = Path.of("target/classes").resolve(Assets.FOLDER);
    private static final Pattern IN_HTML = Pattern.compile("(?:src|href)=\"ui/([^\"]+)\"");
    private static final Pattern IN_SCRIPT = Pattern.compile("(?:from|import)\\s*\\(?\\s*'(\\.{1,2}/[^']+)'");

    private static Set<String> shipped() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile).map(file -> ROOT.relativize(file).toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> loadedFrom(String... pages) throws IOException {
        Deque<String> toRead = new ArrayDeque<>(List.of(pages));
        Set<String> seen = new TreeSet<>();
        while (!toRead.isEmpty()) {
            String name = toRead.pop();
            if (seen.add(name)) {
                String text = Files.readString(ROOT.resolve(name));
                IN_HTML.matcher(text).results().forEach(match -> toRead.push(match.group(1)));
                IN_SCRIPT.matcher(text).results().forEach(match -> toRead.push(Path.of(name).resolveSibling(match.group(1)).normalize().toString()));
            }
        }
        return seen;
    }

    @Test
    public void allFilesThatThePagesLoadAreShipped() throws IOException {
        Set<String> loaded = loadedFrom("index.html", "login.html", "setup.html", "settings.html", "plugins.html", "confirm.html", "plugins.js");
        assertTrue(loaded + "", loaded.size() > 20);
        Set<String> missing = new TreeSet<>(loaded);
        missing.removeAll(shipped());
        assertEquals(Set.of(), missing);
    }

    @Test
    public void everyLanguageIsShippedAndPublic() throws IOException {
        Set<String> loaded = loadedFrom("login.html", "public/refusal.js");
        assertTrue(loaded + "", loaded.containsAll(Set.of("public/messages/en.js", "public/messages/de.js", "public/refusal.js")));
        assertTrue(shipped().containsAll(loaded));
    }

    @Test
    public void publicPagesLoadOnlyPublicFiles() throws IOException {
        for (String name : loadedFrom("login.html", "setup.html", "confirm.html", "public/refusal.js")) {
            assertTrue(name, name.startsWith("public/") || name.endsWith(".html"));
        }
    }

    @Test
    public void testsAndToolsAreNotShipped() throws IOException {
        for (String name : shipped()) {
            assertTrue(name, name.matches("[A-Za-z0-9_/-]+\\.(html|js|css|svg)"));
            assertFalse(name, name.matches("(test|browser-test|node_modules)/.*|.*gallery.*"));
        }
    }

    @Test
    public void theConsolePageHasThePlaceForPluginsOnce() throws IOException {
        assertEquals(2, Files.readString(ROOT.resolve("index.html")).split(ConsolePage.PLACEHOLDER, -1).length);
    }

    @Test
    public void thePagesHaveNoInlineScriptOrStyle() throws IOException {
        for (String page : List.of("index.html", "login.html", "setup.html", "settings.html", "plugins.html", "confirm.html")) {
            String text = Files.readString(ROOT.resolve(page));
            assertFalse(page, Pattern.compile("<script(?![^>]*\\ssrc=)|<style|\\sstyle=|\\son[a-z]+=|javascript:").matcher(text).find());
        }
    }
}
