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
    /** The launcher uses no class of a bundle, so it creates its own threads. */
    private static final Set<String> THREAD_MODULES = Set.of("bundles/lib/concurrent", "launcher");
    private static final Path ROOT = Path.of(System.getProperty("catseye.root"));
    private static List<String> modules;
    private static List<SourceFile> files;
    private static Figures figures;

    @BeforeClass
    public static void parseSources() throws IOException {
        SourceTree tree = new SourceTree(ROOT);
        modules = tree.findModules();
        files = tree.parseMainFiles();
        figures = new Figures(files);
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

    /** One place for names, daemon threads and executors: lib/concurrent. */
    @Test
    public void onlyTheLibraryCreatesThreads() throws IOException {
        assertTrue(createsThread(List.of("        return new Thread(task, name);")));
        assertTrue(createsThread(List.of("    private final ThreadFactory factory;")));
        assertOnlyExceptions("own-thread", files.stream().filter(file -> !THREAD_MODULES.contains(file.module()) && createsThread(file.lines()))
                .map(SourceFile::module).distinct().toList());
    }

    private static boolean createsThread(List<String> lines) {
        return lines.stream().anyMatch(line -> line.contains("new Thread(") || line.contains("ThreadFactory"));
    }

    private static String joinNames(Set<String> names) {
        return String.join(" ", names);
    }
}
