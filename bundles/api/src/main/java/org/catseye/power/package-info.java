/**
 * The power of the remote computers. There is one {@link org.catseye.power.PowerHub} service for each target that has a power
 * control, with the property {@code kvm.target}.
 */
@Export
@Version("1.0.0")
package org.catseye.power;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
