/**
 * The computers that are controlled. Every device service has the property {@code kvm.target} with the id of the target that it
 * is connected to. There is one {@link org.catseye.targets.Target} service for each id that is configured or used by a device.
 */
@Export
@Version("2.1.0")
package org.catseye.targets;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
