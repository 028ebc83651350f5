/**
 * The computers that are controlled. Every device service carries the property {@code kvm.target}, the id of the target it is
 * wired to; one {@link org.catseye.targets.Target} service stands for each id that is configured or seen.
 */
@Export
@Version("2.1.0")
package org.catseye.targets;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
