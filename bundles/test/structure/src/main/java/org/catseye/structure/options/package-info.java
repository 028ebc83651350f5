/**
 * Writes the option tables of the bundles' README files from the metatype descriptions in the built jars. Start reading at
 * {@link org.catseye.structure.options.OptionTables}.
 */
package org.catseye.structure.options;
