package org.catseye.structure;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FiguresTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private Path root;

    @Before
    public void findFolder() {
        root = folder.getRoot().toPath();
    }

    @Test
    public void methodsAreCountedByTheLinesOfTheirBodies() throws IOException {
        write("org.a", "One", """
                class One {
                    One() {
                        super();
                    }
                    int zero() { return 0; }
                    /** Not counted. */
                    int threeLines(
                            int more) {
                        int sum = more;
                        sum++;
                        return sum;
                    }
                    @Override public String toString() {
                        return "";
                    }
                }
                """);
        List<SourceFile.Method> methods = new SourceTree(root).parseMainFiles().get(0).methods();
        assertEquals(List.of(new SourceFile.Method("zero", 1, false), new SourceFile.Method("threeLines", 3, false),
                new SourceFile.Method("toString", 1, true)), methods);
    }

    @Test
    public void namesThatComeFromElsewhereDoNotCount() throws IOException {
        write("org.a", "One", "class One { void ab() {} void abcd() {} @Override public String toString() { return \"\"; } }");
        write("org.a", "Two", "class Two { void ab() {} }");
        assertEquals(3.0, figures().meanMethodNameLength(), 0.001);
        assertEquals("`ab` 2, `abcd` 1", figures().mostSpreadMethodNames());
    }

    @Test
    public void typesThatNameEachOtherAreACycle() throws IOException {
        write("org.a", "One", "class One { Two two; }");
        write("org.a", "Two", "class Two { Three three; }");
        write("org.a", "Three", "class Three { void run() { One.class.getName(); } }");
        write("org.a", "Four", "class Four { One one; }");
        assertEquals(List.of(Set.of("org.a.One", "org.a.Two", "org.a.Three")), figures().typeCycles());
    }

    @Test
    public void aNestedTypeHidesItsNeighbourOfTheSameName() throws IOException {
        write("org.a", "One", "class One { Two two; class Two {} }");
        write("org.a", "Two", "class Two { One one; }");
        assertEquals(List.of(), figures().typeCycles());
    }

    @Test
    public void packagesThatImportEachOtherAreACycle() throws IOException {
        write("org.a", "One", "import org.a.b.Two; public class One { Two two; }");
        write("org.a.b", "Two", "import static org.a.One.*; public class Two { }");
        assertEquals(List.of(Set.of("org.a", "org.a.b")), figures().packageCycles());
    }

    @Test
    public void aRepeatedPassageCountsOncePerPairWhateverItsNamesAre() throws IOException {
        String body = "int a = 1;\n int b = 2;\n a += b;\n b -= a;\n run(a, b);\n run(b, a);\n a = b;\n";
        write("org.a", "One", "class One { void first() {\n" + body + "} }");
        write("org.a", "Two", "class Two { void other() {\n" + body.replace("a", "x") + "} }");
        assertEquals(1, figures().similarPassages().size());
        assertEquals(0, figures().identicalPassages().size());
        write("org.a", "Three", "class Three { String text; void third() {\n" + body + "} }");
        assertEquals(List.of("bundles/core/sample/src/main/java/org/a/One.java:3 = bundles/core/sample/src/main/java/org/a/Three.java:3 (7 lines)"),
                figures().identicalPassages());
    }

    @Test
    public void spreadPicksFromTheSortedCounts() {
        assertEquals(new Spread(5, 9, 10), Spread.of(List.of(10, 9, 8, 7, 6, 5, 4, 3, 2, 1)));
    }

    @Test
    public void packagesAreCountedOutsideTheApi() throws IOException {
        write("org.a", "One", "class One { }");
        write("org.a", "Two", "class Two { }");
        write("org.a", "package-info", "");
        assertEquals(Map.of("bundles/core/sample org.a", 2), figures().typesPerPackage());
    }

    private Figures figures() throws IOException {
        return new Figures(new SourceTree(root).parseMainFiles());
    }

    private void write(String packageName, String type, String text) throws IOException {
        Path file = root.resolve("bundles/core/sample/src/main/java").resolve(packageName.replace('.', '/')).resolve(type + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "package " + packageName + ";\n" + text);
    }
}
