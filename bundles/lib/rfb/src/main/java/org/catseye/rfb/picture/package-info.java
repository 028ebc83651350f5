/** The picture of a remote screen, and the decoders that change it. */
@Export
@Version("1.1.0")
package org.catseye.rfb.picture;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
