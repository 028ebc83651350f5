/** From usages of the HID Keyboard page to the key codes and key symbols of RFB. */
@Export
@Version("1.0.0")
package org.catseye.rfb.keys;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
