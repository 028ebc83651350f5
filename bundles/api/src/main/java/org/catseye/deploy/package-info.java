/** Bundles that an administrator adds to the product, and what is asked of them first. */
@Export
@Version("1.0.0")
package org.catseye.deploy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
