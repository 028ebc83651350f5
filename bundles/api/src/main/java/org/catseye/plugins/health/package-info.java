/**
 * What the bundles use while they run: processor time, threads, log lines, memory for pictures. The watchdog measures all bundles, and stops
 * plug-ins that stay over a limit. The bundles of the product are never stopped.
 */
@Export
@Version("1.0.0")
package org.catseye.plugins.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
