package org.catseye.structure;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints the figures of a source tree as the table of docs/measured.md. {@code --list} adds each cycle, large package and repeated passage. */
public final class Measure {

    private final SourceTree tree;
    private final Figures figures;
    private final PrintStream out;

    private Measure(Path root, PrintStream out) throws IOException {
        this.tree = new SourceTree(root);
        this.figures = new Figures(tree.parseMainFiles());
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        List<String> options = List.of(arguments);
        Path root = options.stream().filter(option -> !option.startsWith("--")).map(Path::of).findFirst().orElse(Path.of(""));
        Measure measure = new Measure(root, System.out);
        measure.printTable();
        if (options.contains("--list")) {
            measure.printDetails();
        }
    }

    private void printTable() throws IOException {
        out.println("| measure | value |");
        out.println("|---|---|");
        printRow("main Java file: median / p90 / max lines", figures.fileLines());
        printRow("method: median / p90 / max lines", figures.methodLines());
        printRow("types per package outside the api: median / p90 / max", figures.packageSizes());
        printRow("largest packages", figures.largestPackages());
        printRow("mean length of the distinct method names, letters", String.format(Locale.ROOT, "%.1f", figures.meanMethodNameLength()));
        printRow("method names that most files declare", figures.mostSpreadMethodNames());
        printRow("cycles of types inside packages", Figures.describeCycles(figures.typeCycles()));
        printRow("cycles of packages inside bundles", Figures.describeCycles(figures.packageCycles()));
        printRow("passages of " + Duplicates.MIN_LINES + " or more lines with the same shape, pairs", figures.similarPassages().size());
        printRow("of these identical, pairs", figures.identicalPassages().size());
        Map<String, Integer> tests = countTestLines();
        figures.linesPerTier().forEach((tier, lines) -> printRow("lines, " + tier + " (main + test)", lines + " + " + tests.get(tier)));
    }

    private Map<String, Integer> countTestLines() throws IOException {
        Map<String, Integer> lines = new TreeMap<>();
        for (String module : tree.findModules()) {
            String[] folders = module.split("/");
            lines.merge(folders[0].equals("bundles") ? folders[1] : folders[0], tree.countTestLines(module), Integer::sum);
        }
        return lines;
    }

    private void printRow(String name, Object value) {
        out.println("| " + name + " | " + value + " |");
    }

    private void printDetails() {
        printList("Types per package", figures.typesPerPackage().entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey()).toList());
        printList("Cycles of types", figures.typeCycles());
        printList("Cycles of packages", figures.packageCycles());
        printList("Identical passages", figures.identicalPassages());
        printList("Passages of the same shape", figures.similarPassages());
    }

    private void printList(String title, List<?> entries) {
        out.println();
        out.println(title + ":");
        entries.forEach(entry -> out.println("  " + entry));
    }
}
