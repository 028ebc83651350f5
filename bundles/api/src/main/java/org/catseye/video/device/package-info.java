/**
 * The settings of the capture device that a target uses, as far as the device itself reports them: its picture controls, the sizes that
 * it offers, and its EDID. The values are in the configuration of its driver, which {@link org.catseye.settings.SettingsAdministration}
 * reads and saves; nothing here stores a value.
 */
@Export
@Version("1.0.0")
package org.catseye.video.device;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
