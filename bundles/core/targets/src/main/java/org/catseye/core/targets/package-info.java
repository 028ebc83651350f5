/** One {@link org.catseye.targets.Target} service per target that is configured, or that a device is wired to. */
package org.catseye.core.targets;
