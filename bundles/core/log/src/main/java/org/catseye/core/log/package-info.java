/**
 * Forwards the OSGi log to SLF4J, and thereby to the terminal and the log file. Without it, an error during the activation of a
 * component would be invisible, because Declarative Services reports it only to the OSGi log.
 */
package org.catseye.core.log;
