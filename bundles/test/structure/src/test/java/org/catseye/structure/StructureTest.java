package org.catseye.structure;

import static org.catseye.structure.RuleExceptions.assertOnlyExceptions;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.BeforeClass;
import org.junit.Test;

/** The rules for the inside of each bundle. Places that don't keep them yet are in exceptions.txt, a list that only gets shorter. */
public class StructureTest {

    private static final int MAX_TYPES_PER_PACKAGE = 15;
    private static final int MAX_TYPES_IN_CYCLE = 3;
    private static final Path ROOT = Path.of(System.getProperty("catseye.root"));
    private static List<String> modules;
    private static Figures figures;

    @BeforeClass
    public static void parseSources() throws IOException {
        SourceTree tree = new SourceTree(ROOT);
        modules = tree.findModules();
        figures = new Figures(tree.parseMainFiles());
    }

    @Test
    public void allBundlesAreFound() {
        assertTrue(modules.toString(), modules.containsAll(List.of("bundles/api", "bundles/core/video", "bundles/web/rest", "launcher")));
    }

    @Test
    public void noPackageHoldsMoreThanFifteenTypes() throws IOException {
        assertOnlyExceptions("large-package", figures.typesPerPackage().entrySet().stream()
                .filter(entry -> entry.getValue() > MAX_TYPES_PER_PACKAGE).map(Map.Entry::getKey).toList());
    }

    @Test
    public void packagesOfABundleHaveNoCycle() throws IOException {
        assertOnlyExceptions("package-cycle", figures.packageCycles().stream().map(StructureTest::joinNames).toList());
    }

    @Test
    public void noCycleHoldsMoreThanThreeTypes() throws IOException {
        assertOnlyExceptions("type-cycle", figures.typeCycles().stream().filter(cycle -> cycle.size() > MAX_TYPES_IN_CYCLE)
                .map(StructureTest::joinNames).toList());
    }

    @Test
    public void eachBundleHasAReadme() throws IOException {
        assertOnlyExceptions("no-readme", modules.stream().filter(module -> !Files.isRegularFile(ROOT.resolve(module).resolve("README.md"))).toList());
    }

    private static String joinNames(Set<String> names) {
        return String.join(" ", names);
    }
}
