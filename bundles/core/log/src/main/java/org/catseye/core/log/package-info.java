/**
 * Forwards the OSGi log to SLF4J, and so to the console and the log file. Without it an error in a component's activation would be
 * invisible, because Declarative Services reports it to the OSGi log only.
 */
package org.catseye.core.log;
