/** The jars in the drop folder: which files are complete, and what they contain. Nothing here installs a bundle. */
package org.catseye.core.deploy.jar;
