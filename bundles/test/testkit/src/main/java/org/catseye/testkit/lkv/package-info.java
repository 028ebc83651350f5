/** HDMI-over-IP boxes played by software: what a real one puts on the wire, with the faults of boxes and networks. */
@Export
@Version("1.0.0")
package org.catseye.testkit.lkv;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
