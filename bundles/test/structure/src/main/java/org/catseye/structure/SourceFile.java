package org.catseye.structure;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * One parsed Java file.
 *
 * @param path relative to the root of the sources
 * @param module the folder of its module, relative to the root: {@code bundles/core/video}
 * @param packageName as declared
 * @param typeName the file's name without {@code .java}
 * @param lines the text, line by line
 * @param methods all declared methods, those of nested types too; no constructors
 * @param imports the imported types by their full names; a static import counts as an import of its type
 * @param names each simple name that the code uses as a type or as the start of an expression
 */
record SourceFile(Path path, String module, String packageName, String typeName, List<String> lines, List<Method> methods,
        Set<String> imports, Set<String> names) {

    /**
     * A declared method.
     *
     * @param name as declared
     * @param lineCount lines between the braces of its body; 0 for an abstract or empty one
     * @param overrides whether it implements a method that is declared elsewhere, so that its name was no free choice
     */
    record Method(String name, int lineCount, boolean overrides) {
    }

    String fullName() {
        return packageName + "." + typeName;
    }

    boolean isPackageInfo() {
        return typeName.equals("package-info");
    }

    /** The tier: {@code core} for {@code bundles/core/video}; {@code api} and {@code launcher} are tiers of one module. */
    String tier() {
        String[] folders = module.split("/");
        return folders[0].equals("bundles") ? folders[1] : folders[0];
    }
}
