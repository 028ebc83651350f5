package org.catseye.structure;

import static org.catseye.structure.RuleExceptions.assertOnlyExceptions;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Every page of the documentation has short lines and no link that leads nowhere. */
public class DocsTest {

    private static final int MAX_LINE_CHARS = 140;
    private static final Path ROOT = Path.of(System.getProperty("catseye.root")).toAbsolutePath().normalize();
    private static final Set<String> SKIPPED_FOLDERS = Set.of("target", "node_modules");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void allPagesAreFound() throws IOException {
        Set<String> pages = new TreeSet<>();
        findPages(ROOT).forEach(page -> pages.add(ROOT.relativize(page).toString()));
        assertTrue(pages.toString(), pages.containsAll(Set.of("README.md", "CHANGELOG.md", "docs/protocol.md", "bundles/api/README.md",
                "web-ui/README.md", "docs/adr/0001-viewers-pull-frames.md")));
    }

    @Test
    public void linesAreShort() throws IOException {
        Set<String> pages = new TreeSet<>();
        List<String> places = new ArrayList<>();
        for (Path page : findPages(ROOT)) {
            List<Integer> longLines = MarkdownPage.readFile(page).findLongLines(MAX_LINE_CHARS);
            if (!longLines.isEmpty()) {
                pages.add(ROOT.relativize(page).toString());
                places.add(ROOT.relativize(page) + " " + longLines);
            }
        }
        assertOnlyExceptions("long-lines", pages, places);
    }

    @Test
    public void noMergeIsLeftHalfDone() throws IOException {
        List<String> pages = new ArrayList<>();
        for (Path page : findPages(ROOT)) {
            if (Files.readAllLines(page).stream().anyMatch(line -> line.startsWith("<<<<<<< ") || line.startsWith(">>>>>>> "))) {
                pages.add(ROOT.relativize(page).toString());
            }
        }
        assertEquals(List.of(), pages);
    }

    @Test
    public void linksLeadToFilesAndHeadings() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : findPages(ROOT)) {
            MarkdownPage.readFile(page).findBrokenLinks().forEach(link -> broken.add(ROOT.relativize(page) + " " + link));
        }
        assertEquals("Links that lead nowhere", List.of(), broken);
    }

    @Test
    public void securityPageNamesEachProxyFile() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/security.md"));
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/proxy"))) {
            List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
            assertTrue(names.toString(), names.size() >= 4);
            assertEquals(List.of(), names.stream().filter(name -> !page.contains("](proxy/" + name + ")")).toList());
        }
    }

    @Test
    public void brokenLinksAreFound() throws IOException {
        write("other.md", "# The other page's `code`: a heading\n");
        MarkdownPage page = write("page.md", """
                # Title
                ## Title
                [good](other.md), [good](other.md#the-other-pages-code-a-heading), [good](#title-1), ![good](.), [good](https://example.org/none)
                [none](none.md), [no heading](other.md#none), [none here](#title-2)
                `[in code](none.md)`
                [reference]: none.txt
                ```
                [in a block](none.md)
                ## None
                ```
                """);
        assertEquals(List.of("none.md", "other.md#none", "#title-2", "none.txt"), page.findBrokenLinks());
    }

    @Test
    public void longLinesAreFoundOutsideOfTablesAndCode() throws IOException {
        MarkdownPage page = write("page.md", "1234567\n12345678\n| 12345678 |\n```\n12345678\n```\n  12345678\n→→→→→→→\n");
        assertEquals(List.of(2, 7), page.findLongLines(7));
    }

    private MarkdownPage write(String name, String text) throws IOException {
        return MarkdownPage.readFile(Files.writeString(folder.getRoot().toPath().resolve(name), text));
    }

    private static List<Path> findPages(Path root) throws IOException {
        List<Path> pages = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                String name = visited.getFileName().toString();
                boolean isSkipped = SKIPPED_FOLDERS.contains(name) || name.startsWith(".");
                return isSkipped && !visited.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    pages.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return pages;
    }
}
