/** A JPEG encoder for screens that change in places, and the memory for them: {@link org.catseye.jpeg.JpegEncoder}. */
@Export
@Version("1.1.0")
package org.catseye.jpeg;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
