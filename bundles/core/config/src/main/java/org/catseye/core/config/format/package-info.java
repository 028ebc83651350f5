/** The formats of configuration files, and which PID has which file in which format. */
package org.catseye.core.config.format;
