/**
 * Carries what bundles write to the OSGi log over to SLF4J, and so to the console and the log file. Without it an error in a
 * component's activation would be seen by nobody, because Declarative Services tells it to the OSGi log alone.
 */
package org.catseye.core.log;
