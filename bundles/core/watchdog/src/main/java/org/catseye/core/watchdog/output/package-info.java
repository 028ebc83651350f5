/** What bundles log and print: counted for each bundle, and limited for plug-ins. */
package org.catseye.core.watchdog.output;
