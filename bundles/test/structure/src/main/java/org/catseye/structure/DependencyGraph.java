package org.catseye.structure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which node uses which, and the cycles in that. Nodes are names of types or of packages. */
final class DependencyGraph {

    private final Map<String, Set<String>> edges = new TreeMap<>();

    /** Top-level types inside each package: an edge runs from a type to a type of the same package that it names. */
    static DependencyGraph ofTypes(List<SourceFile> files) {
        return build(files, true);
    }

    /** Packages of one module: an edge runs from a package to another package of the module that one of its files uses. */
    static DependencyGraph ofPackages(List<SourceFile> module) {
        return build(module, false);
    }

    private static DependencyGraph build(List<SourceFile> files, boolean types) {
        DependencyGraph graph = new DependencyGraph();
        Map<String, String> packages = new HashMap<>();
        files.forEach(file -> packages.put(file.fullName(), file.packageName()));
        for (SourceFile file : files) {
            graph.edges.computeIfAbsent(types ? file.fullName() : file.packageName(), name -> new TreeSet<>());
            for (String used : usedTypes(file, packages.keySet())) {
                if (types && packages.get(used).equals(file.packageName())) {
                    graph.addEdge(file.fullName(), used);
                } else if (!types) {
                    graph.addEdge(file.packageName(), packages.get(used));
                }
            }
        }
        return graph;
    }

    private static Set<String> usedTypes(SourceFile file, Set<String> known) {
        Set<String> used = new HashSet<>();
        for (String name : file.names()) {
            String neighbour = file.packageName() + "." + name;
            if (known.contains(neighbour) && file.imports().stream().noneMatch(imported -> imported.endsWith("." + name))) {
                used.add(neighbour);
            }
        }
        for (String imported : file.imports()) {
            // The import of a nested type or of a constant of one counts for the type that holds it.
            for (String name = imported; name.contains("."); name = name.substring(0, name.lastIndexOf('.'))) {
                if (known.contains(name)) {
                    used.add(name);
                    break;
                }
            }
        }
        return used;
    }

    void addEdge(String from, String to) {
        edges.computeIfAbsent(from, name -> new TreeSet<>());
        edges.computeIfAbsent(to, name -> new TreeSet<>());
        if (!from.equals(to)) {
            edges.get(from).add(to);
        }
    }

    /** The strongly connected components of two or more nodes (Tarjan), the largest first. */
    List<Set<String>> findCycles() {
        Search search = new Search();
        for (String node : edges.keySet()) {
            if (!search.index.containsKey(node)) {
                search.visit(node);
            }
        }
        search.cycles.sort(Comparator.<Set<String>>comparingInt(Set::size).reversed());
        return search.cycles;
    }

    private final class Search {
        private final Map<String, Integer> index = new HashMap<>();
        private final Map<String, Integer> lowest = new HashMap<>();
        private final Deque<String> stack = new ArrayDeque<>();
        private final List<Set<String>> cycles = new ArrayList<>();

        private void visit(String node) {
            index.put(node, index.size());
            lowest.put(node, index.get(node));
            stack.push(node);
            for (String next : edges.get(node)) {
                if (!index.containsKey(next)) {
                    visit(next);
                    lowest.merge(node, lowest.get(next), Math::min);
                } else if (stack.contains(next)) {
                    lowest.merge(node, index.get(next), Math::min);
                }
            }
            if (lowest.get(node).equals(index.get(node))) {
                closeComponent(node);
            }
        }

        private void closeComponent(String root) {
            Set<String> component = new TreeSet<>();
            String member;
            do {
                member = stack.pop();
                component.add(member);
            } while (!member.equals(root));
            if (component.size() > 1) {
                cycles.add(component);
            }
        }
    }
}
