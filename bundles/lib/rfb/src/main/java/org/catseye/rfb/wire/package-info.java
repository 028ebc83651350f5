/** The numbers, texts and pixels of the RFB protocol on a stream of bytes, with a limit for each length. */
@Export
@Version("1.0.0")
package org.catseye.rfb.wire;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
