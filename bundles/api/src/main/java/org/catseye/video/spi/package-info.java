/**
 * What a capture driver implements: one blocking method. A driver registers a {@link org.catseye.video.spi.CaptureDevice} with
 * the service property {@code kvm.target}; the hub of that target owns the thread, the buffers, the retries with back-off, the
 * pictures in words and the statistics.
 */
@Export
@Version("2.0.0")
package org.catseye.video.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
