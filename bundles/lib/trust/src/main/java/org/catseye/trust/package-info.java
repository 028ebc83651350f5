/** Which certificates of a device on the network are trusted. */
@Export
@Version("1.0.0")
package org.catseye.trust;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
