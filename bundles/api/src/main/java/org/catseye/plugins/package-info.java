/**
 * The plug-ins of this device, for administrators: what each one is and does, and installing, updating, disabling and removing them. A plug-in
 * is a bundle of the drop folder; its id is the symbolic name of the bundle. The bundles of the product are listed, and can only be switched on
 * and off with their features.
 */
@Export
@Version("1.0.0")
package org.catseye.plugins;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
