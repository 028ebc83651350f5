/** The watchdog: measures what bundles use, and has plug-ins stopped that stay over a limit. */
package org.catseye.core.watchdog;
