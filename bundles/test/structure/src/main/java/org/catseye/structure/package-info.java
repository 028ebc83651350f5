/**
 * Reads Catseye's Java sources with javac's own parser and derives figures and rule violations from them: sizes, names, dependency cycles
 * and repeated passages. Start reading at {@link org.catseye.structure.Measure}.
 */
package org.catseye.structure;
