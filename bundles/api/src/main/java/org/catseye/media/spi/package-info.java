/**
 * For drivers of drives. A driver registers a {@link org.catseye.media.spi.MediaDrive} for each drive, with the service properties
 * {@code kvm.target}, {@code kvm.drive} and {@code kvm.label}.
 */
@Export
@Version("1.0.0")
package org.catseye.media.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
