/**
 * For capture drivers, which implement a single blocking method. A driver registers a {@link org.catseye.video.spi.CaptureDevice}
 * with the service property {@code kvm.target}. The hub of that target manages the thread, the buffers, the retries with
 * back-off, the placeholder pictures and the statistics.
 */
@Export
@Version("2.3.0")
package org.catseye.video.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
