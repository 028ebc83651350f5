package org.catseye.structure;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of a set of parsed files. */
final class Figures {

    private static final int LISTED = 10;

    private final List<SourceFile> files;

    Figures(List<SourceFile> files) {
        this.files = files.stream().filter(file -> !file.isPackageInfo()).toList();
    }

    Spread fileLines() {
        return Spread.of(files.stream().map(file -> file.lines().size()).toList());
    }

    Spread methodLines() {
        return Spread.of(methods().map(SourceFile.Method::lineCount).toList());
    }

    /** Top-level types by module and package; {@code bundles/core/video org.catseye.core.video}. The api is left out: its packages are topics. */
    Map<String, Integer> typesPerPackage() {
        Map<String, Integer> counts = new TreeMap<>();
        files.stream().filter(file -> !file.tier().equals("api"))
                .forEach(file -> counts.merge(file.module() + " " + file.packageName(), 1, Integer::sum));
        return counts;
    }

    Spread packageSizes() {
        return Spread.of(typesPerPackage().values());
    }

    /** The largest packages, as {@code v4l2 38}. */
    String largestPackages() {
        return rank(typesPerPackage(), 4).map(entry -> entry.getKey().replaceAll(".*\\.", "") + " " + entry.getValue()).collect(Collectors.joining(", "));
    }

    /** Over the distinct names that were free to choose, in letters. */
    double meanMethodNameLength() {
        return methods().filter(method -> !method.overrides()).map(SourceFile.Method::name).distinct().mapToInt(String::length).average().orElse(0);
    }

    /** The names that most files declare, as {@code read 31}. */
    String mostSpreadMethodNames() {
        Map<String, Integer> counts = new HashMap<>();
        for (SourceFile file : files) {
            Set<String> names = new HashSet<>();
            file.methods().stream().filter(method -> !method.overrides()).forEach(method -> names.add(method.name()));
            names.forEach(name -> counts.merge(name, 1, Integer::sum));
        }
        return rank(counts, LISTED).map(entry -> "`" + entry.getKey() + "` " + entry.getValue()).collect(Collectors.joining(", "));
    }

    /** Cycles of top-level types that share a package, the largest first. */
    List<Set<String>> typeCycles() {
        return DependencyGraph.ofTypes(files).findCycles();
    }

    /** Cycles of packages inside one module, over all modules. */
    List<Set<String>> packageCycles() {
        return byModule().values().stream().flatMap(module -> DependencyGraph.ofPackages(module).findCycles().stream()).toList();
    }

    Map<String, List<SourceFile>> byModule() {
        return files.stream().collect(Collectors.groupingBy(SourceFile::module, TreeMap::new, Collectors.toList()));
    }

    List<String> identicalPassages() {
        return Duplicates.findIdentical(files);
    }

    List<String> similarPassages() {
        return Duplicates.findSimilar(files);
    }

    Map<String, Integer> linesPerTier() {
        Map<String, Integer> lines = new TreeMap<>();
        files.forEach(file -> lines.merge(file.tier(), file.lines().size(), Integer::sum));
        return lines;
    }

    static String describeCycles(Collection<Set<String>> cycles) {
        String largest = cycles.stream().limit(3)
                .map(cycle -> cycle.size() + " in " + cycle.iterator().next().replaceAll("\\.[A-Z]\\w*$", ""))
                .collect(Collectors.joining(", "));
        return cycles.size() + (largest.isEmpty() ? "" : " (" + largest + ")");
    }

    private Stream<SourceFile.Method> methods() {
        return files.stream().flatMap(file -> file.methods().stream());
    }

    private static Stream<Map.Entry<String, Integer>> rank(Map<String, Integer> counts, int limit) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry.comparingByKey()))
                .limit(limit);
    }
}
