/** Random tokens, files that only their owner reads, and the strict reading of what stands in them. */
@Export
@Version("2.0.0")
package org.catseye.secrets;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
