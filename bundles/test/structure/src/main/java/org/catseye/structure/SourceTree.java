package org.catseye.structure;

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

/** The modules of a source tree, found by their {@code src/main/java}, and their files. The modules under bundles/test are not shipped and left out. */
final class SourceTree {

    private static final Set<String> SKIPPED_FOLDERS = Set.of("target", "node_modules", ".git", "examples", "web-ui");

    private final Path root;

    SourceTree(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Folders with Java sources that are shipped, relative to the root, sorted. */
    List<String> findModules() throws IOException {
        Set<String> modules = new TreeSet<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (folder.getFileName() != null && SKIPPED_FOLDERS.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (Files.isDirectory(folder.resolve("src/main/java"))) {
                    modules.add(root.relativize(folder).toString());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        modules.removeIf(module -> module.startsWith("bundles/test/"));
        return List.copyOf(modules);
    }

    /** All main files of all modules. */
    List<SourceFile> parseMainFiles() throws IOException {
        List<SourceFile> all = new ArrayList<>();
        for (String module : findModules()) {
            all.addAll(parseModule(module));
        }
        return all;
    }

    /** The paths of all main files of all modules. */
    List<Path> findMainFiles() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String module : findModules()) {
            all.addAll(findJavaFiles(module, "src/main/java"));
        }
        return all;
    }

    /** The main files of one module. */
    List<SourceFile> parseModule(String module) throws IOException {
        return new SourceParser(root).parseFiles(module, findJavaFiles(module, "src/main/java"));
    }

    /** Lines of the test sources of one module. */
    int countTestLines(String module) throws IOException {
        int lines = 0;
        for (Path file : findJavaFiles(module, "src/test/java")) {
            lines += Files.readAllLines(file).size();
        }
        return lines;
    }

    private List<Path> findJavaFiles(String module, String folder) throws IOException {
        Path sources = root.resolve(module).resolve(folder);
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }
}
