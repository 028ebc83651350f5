/**
 * Images of CDs and disks, and the drives of the remote computers that they are attached to. There is one
 * {@link org.catseye.media.MediaLibrary} for the device, and one {@link org.catseye.media.MediaHub} for each target that has a drive,
 * with the property {@code kvm.target}.
 */
@Export
@Version("1.0.0")
package org.catseye.media;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
