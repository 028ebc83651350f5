/** Code that device drivers share: {@link org.catseye.device.FallbackService} offers a device until a configuration for one exists. */
@Export
@Version("2.0.0")
package org.catseye.device;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
