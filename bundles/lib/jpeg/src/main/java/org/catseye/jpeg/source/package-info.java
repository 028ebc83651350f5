/** What encoders for slow lines share: {@link org.catseye.jpeg.source.SourcePictures} and {@link org.catseye.jpeg.source.FittedSize}. */
@Export
@Version("1.0.0")
package org.catseye.jpeg.source;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
