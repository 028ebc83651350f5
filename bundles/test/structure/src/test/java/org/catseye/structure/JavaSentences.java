package org.catseye.structure;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Finds comparisons with sentences in Java files, with javac's parser: calls such as {@code equals}, labels of a {@code switch}, and {@code ==}.
 * A constant counts as its value, whichever of the files declares it. Types are not resolved, so no class path is needed.
 */
final class JavaSentences {

    private static final Set<String> COMPARING_METHODS = Set.of("equals", "equalsIgnoreCase", "contentEquals", "compareTo", "compareToIgnoreCase",
            "contains", "startsWith", "endsWith", "indexOf", "lastIndexOf", "matches");

    private final Path root;
    /** Constants that are or contain sentences, by class and name: {@code Hub.LIVE_REASON}. */
    private final Map<String, String> constants = new HashMap<>();

    /** @param root the results name files relative to it */
    JavaSentences(Path root) {
        this.root = root;
    }

    List<SentenceComparison> findComparisons(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
                    manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            units.forEach(unit -> new ConstantCollector().scan(unit, ""));
            List<SentenceComparison> found = new ArrayList<>();
            units.forEach(unit -> new ComparisonFinder(unit, positions, found).scan(unit, ""));
            return found;
        }
    }

    /** The text of a literal, of literals joined by {@code +}, or of those in {@code Set.of(...)}, one a line. Other parts are left out. */
    private static String literalText(Tree tree) {
        if (tree instanceof LiteralTree literal) {
            return literal.getValue() instanceof String text ? text : "";
        }
        if (tree instanceof ParenthesizedTree inner) {
            return literalText(inner.getExpression());
        }
        if (tree instanceof MethodInvocationTree call && call.getMethodSelect().toString().matches("(Set|List)\\.of")) {
            return call.getArguments().stream().map(JavaSentences::literalText).collect(Collectors.joining("\n"));
        }
        if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
            return literalText(sum.getLeftOperand()) + literalText(sum.getRightOperand());
        }
        return "";
    }

    /** A scanner whose parameter is the simple name of the class that it is in. */
    private static class ClassScanner extends TreeScanner<Void, String> {
        @Override
        public Void visitClass(ClassTree node, String outer) {
            return super.visitClass(node, node.getSimpleName().toString());
        }
    }

    private final class ConstantCollector extends ClassScanner {
        @Override
        public Void visitVariable(VariableTree node, String owner) {
            boolean isConstant = node.getModifiers().getFlags().containsAll(Set.of(Modifier.STATIC, Modifier.FINAL));
            String text = isConstant ? literalText(node.getInitializer()) : "";
            if (SentenceComparison.isSentence(text)) {
                constants.put(owner + "." + node.getName(), text);
            }
            return super.visitVariable(node, owner);
        }
    }

    private final class ComparisonFinder extends ClassScanner {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<SentenceComparison> found;

        ComparisonFinder(CompilationUnitTree unit, SourcePositions positions, List<SentenceComparison> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree node, String owner) {
            if (node.getMethodSelect() instanceof MemberSelectTree method && COMPARING_METHODS.contains(method.getIdentifier().toString())) {
                reportSentence(method.getExpression(), owner);
                node.getArguments().forEach(argument -> reportSentence(argument, owner));
            }
            return super.visitMethodInvocation(node, owner);
        }

        @Override
        public Void visitCase(CaseTree node, String owner) {
            node.getExpressions().forEach(label -> reportSentence(label, owner));
            return super.visitCase(node, owner);
        }

        @Override
        public Void visitBinary(BinaryTree node, String owner) {
            if (node.getKind() == Tree.Kind.EQUAL_TO || node.getKind() == Tree.Kind.NOT_EQUAL_TO) {
                reportSentence(node.getLeftOperand(), owner);
                reportSentence(node.getRightOperand(), owner);
            }
            return super.visitBinary(node, owner);
        }

        private void reportSentence(ExpressionTree compared, String owner) {
            String text = findConstant(compared, owner).orElseGet(() -> literalText(compared));
            if (SentenceComparison.isSentence(text)) {
                long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, compared));
                found.add(new SentenceComparison(root.relativize(Path.of(unit.getSourceFile().toUri())) + ":" + line, text));
            }
        }

        private Optional<String> findConstant(ExpressionTree compared, String owner) {
            if (compared instanceof IdentifierTree name) {
                return Optional.ofNullable(constants.get(owner + "." + name.getName()));
            }
            if (compared instanceof MemberSelectTree select) {
                String type = select.getExpression().toString();
                return Optional.ofNullable(constants.get(type.substring(type.lastIndexOf('.') + 1) + "." + select.getIdentifier()));
            }
            return Optional.empty();
        }
    }
}
