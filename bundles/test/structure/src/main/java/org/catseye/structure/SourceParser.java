package org.catseye.structure;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Parses Java files with javac's parser. Types are not resolved, so no class path is needed. */
final class SourceParser {

    private final Path root;

    SourceParser(Path root) {
        this.root = root;
    }

    /** @param module the folder of the files' module, relative to the root */
    List<SourceFile> parseFiles(String module, List<Path> files) throws IOException {
        if (files.isEmpty()) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<SourceFile> parsed = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                parsed.add(describeUnit(module, unit, positions));
            }
            return parsed;
        }
    }

    private SourceFile describeUnit(String module, CompilationUnitTree unit, SourcePositions positions) throws IOException {
        Path file = Path.of(unit.getSourceFile().toUri());
        Declarations declarations = new Declarations(unit, positions);
        declarations.scan(unit, null);
        String typeName = file.getFileName().toString().replace(".java", "");
        Set<String> names = new HashSet<>(declarations.names);
        names.removeAll(declarations.nestedTypes);
        return new SourceFile(root.relativize(file), module, String.valueOf(unit.getPackageName()), typeName, Files.readAllLines(file),
                List.copyOf(declarations.methods), Set.copyOf(declarations.imports), Set.copyOf(names));
    }

    /** Collects what the figures need from one file's tree. */
    private static final class Declarations extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<SourceFile.Method> methods = new ArrayList<>();
        private final Set<String> imports = new HashSet<>();
        private final Set<String> names = new HashSet<>();
        private final Set<String> nestedTypes = new HashSet<>();
        private int depth;

        Declarations(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public Void visitImport(ImportTree node, Void unused) {
            String name = node.getQualifiedIdentifier().toString();
            imports.add(node.isStatic() ? name.substring(0, name.lastIndexOf('.')) : name);
            return null;
        }

        @Override
        public Void visitClass(ClassTree node, Void unused) {
            if (depth > 0) {
                nestedTypes.add(node.getSimpleName().toString());
            }
            depth++;
            super.visitClass(node, unused);
            depth--;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree node, Void unused) {
            // A constructor has no name of its own.
            if (node.getReturnType() != null) {
                boolean overrides = node.getModifiers().getAnnotations().stream().anyMatch(each -> each.getAnnotationType().toString().equals("Override"));
                methods.add(new SourceFile.Method(node.getName().toString(), countBodyLines(node.getBody()), overrides));
            }
            return super.visitMethod(node, unused);
        }

        @Override
        public Void visitIdentifier(IdentifierTree node, Void unused) {
            names.add(node.getName().toString());
            return null;
        }

        private int countBodyLines(BlockTree body) {
            if (body == null || body.getStatements().isEmpty()) {
                return 0;
            }
            long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, body));
            long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, body));
            return (int) Math.max(1, last - first - 1);
        }
    }
}
