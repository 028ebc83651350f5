package org.catseye.structure;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;

/** The example bundle that docs/extend.md explains: the page shows its files as they are, and they stay short. */
public class ExampleTest {

    private static final int MAX_LINES = 59;
    private static final Path ROOT = Path.of(System.getProperty("catseye.root"));
    private static final Path EXAMPLE = ROOT.resolve("examples/hello/src/main");

    @Test
    public void theExampleIsShort() throws IOException {
        long lines = 0;
        for (Path file : listFiles()) {
            lines += Files.readAllLines(file).size();
        }
        assertTrue(lines + " lines", lines <= MAX_LINES);
    }

    @Test
    public void thePageShowsEachFileAsItIs() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/extend.md"));
        List<Path> files = listFiles();
        assertEquals(files.toString(), 3, files.size());
        for (Path file : files) {
            assertTrue("docs/extend.md does not show " + file, page.contains("\n" + Files.readString(file) + "```\n"));
        }
    }

    @Test
    public void eachExampleIsAProjectOutsideOfTheBuild() throws IOException {
        String build = Files.readString(ROOT.resolve("pom.xml"));
        try (Stream<Path> examples = Files.list(ROOT.resolve("examples")).filter(Files::isDirectory)) {
            for (Path example : examples.toList()) {
                assertTrue(example.toString(), Files.isRegularFile(example.resolve("pom.xml")));
                assertTrue(example.toString(), !build.contains("<module>examples/" + example.getFileName()));
            }
        }
    }

    private static List<Path> listFiles() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLE)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
