/** Devices with an interface of their own: serial ports, and the raw interface of HID devices. */
@Export
@Version("1.0.0")
package org.catseye.linux.device;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
