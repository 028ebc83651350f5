/** Emulates HDMI-over-IP boxes: their stream and web page, with the faults of boxes and networks. */
@Export
@Version("1.0.0")
package org.catseye.testkit.lkv;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
