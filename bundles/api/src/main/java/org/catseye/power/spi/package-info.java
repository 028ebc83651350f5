/**
 * For drivers of power controls. A driver registers a {@link org.catseye.power.spi.PowerControl} with the service properties
 * {@code kvm.target} and {@code kvm.label}. A target may have several: each action goes to the one with the highest service
 * ranking that supports it, so one may switch the computer on and another one off.
 */
@Export
@Version("1.0.0")
package org.catseye.power.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
